import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import { askSignedIn } from '../../../session/session.ts';
import { refusalOf, showErrors } from './refusal.ts';
import type { Editing } from './use-editing.ts';
import { useTyped } from './use-typed.ts';

interface CreatingOptions<T extends object, R> {
  /** Its initial values are those of a new record. */
  form: UseFormReturnType<T>;
  /** Where the record is made with POST. */
  path: string;
  /** The body; absent: the fields as they are. */
  bodyOf?: (fields: T) => unknown;
  onSaved: (record: R) => void;
}

/** Makes a record. What was typed stays until it is made or discarded. */
export function useCreating<T extends object, R>(options: CreatingOptions<T, R>): Editing<T> {
  const { form, path, bodyOf = (fields) => fields, onSaved } = options;
  const [empty] = useState(() => ({ fields: form.getInitialValues() }));
  const [isReady, setReady] = useState(false);
  const { typed, forget } = useTyped(`new ${path}`, form, isReady ? empty : undefined);
  const restored = useRef(typed);
  const [isRestored, setRestored] = useState(typed !== undefined);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was typed before
  useEffect(() => {
    if (restored.current) form.setValues(restored.current.values);
    setReady(true);
  }, []);

  async function save(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const { body } = await askSignedIn<R>('POST', path, { body: bodyOf(form.getValues()) });
      discard();
      onSaved(body);
    } catch (error) {
      const refusal = refusalOf(error, Object.keys(form.getValues()));
      showErrors(form, refusal.fields);
      setFailure(refusal.message);
    } finally {
      setBusy(false);
    }
  }

  function discard(): void {
    forget();
    setRestored(false);
    setFailure(undefined);
    form.clearErrors();
    form.setValues(empty.fields);
  }

  return { state: 'ready', failure, busy, offer: undefined, isRestored, save, discard };
}
