import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../api/ask.ts';
import { askSignedIn } from '../../../session/session.ts';
import { editingTexts } from '../../../texts/office/editing.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { changesOf, merge } from './merge.ts';
import { refusalOf, showErrors } from './refusal.ts';
import { type Offer, useOffer } from './use-offer.ts';
import { useTyped } from './use-typed.ts';
import { whoChanged } from './who-changed.ts';

/** What a form needs to know of a record that is being changed, or made. */
export interface Editing<T> {
  state: 'loading' | 'failed' | 'ready';
  /** Why it could not be loaded, or was not saved, where no field tells it. */
  failure: string | undefined;
  busy: boolean;
  /** Set where somebody else changed the same fields. */
  offer: Offer<T> | undefined;
  /** Whether the form began with what was typed before. */
  isRestored: boolean;
  save(): Promise<void>;
  /** Forgets what was typed. */
  discard(): void;
}

export interface EditingOptions<T extends object, R> {
  form: UseFormReturnType<T>;
  /** Where the record is read with GET and changed with PATCH. */
  path: string;
  /** The fields of the form, of the record as the API has it. */
  fieldsOf: (record: R) => T;
  /** The body of the change, which may need what did not change; absent: the changed fields as they are. */
  bodyOf?: (changes: Partial<T>, edited: T) => unknown;
  /** Under which name typed text is kept, where one record has several forms; absent: the path. */
  draftKey?: string;
  /** Under which id the audit log has the record: to name who else changed it. */
  auditTarget?: string;
  onSaved: (record: R) => void;
}

interface Known<T, R> {
  record: R;
  fields: T;
  etag: string | undefined;
}

/** Times that a change is merged with those of others before a person is asked to wait. */
const MOST_TRIES = 5;

/** Changes one record, and undoes nothing that others change at the same time. */
export function useEditing<T extends object, R>(options: EditingOptions<T, R>): Editing<T> {
  const { form, path, fieldsOf, bodyOf = (changes) => changes, auditTarget, onSaved } = options;
  const { draftKey = path } = options;
  const texts = useTextsOf(editingTexts);
  const [known, setKnown] = useState<Known<T, R>>();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [offer, conflicts] = useOffer(form);
  const { typed, forget } = useTyped(draftKey, form, known);
  const restored = useRef(typed);
  const [isRestored, setRestored] = useState(typed !== undefined);

  const loaded = useQuery({
    queryKey: ['editing', path],
    queryFn: ({ signal }) => read(signal),
    enabled: restored.current === undefined,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, whatever is read again later
  useEffect(() => {
    if (known) return;
    const first = restored.current?.known ?? loaded.data;
    if (!first) return;
    setKnown(first as Known<T, R>);
    form.setValues(restored.current?.values ?? first.fields);
  }, [loaded.data]);

  async function read(signal?: AbortSignal): Promise<Known<T, R>> {
    const { body, etag } = await askSignedIn<R>('GET', path, { ...(signal && { signal }) });
    return { record: body, fields: fieldsOf(body), etag };
  }

  async function save(): Promise<void> {
    if (!known || busy || !conflicts.areDecided()) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await change(known, form.getValues());
    } catch (error) {
      const refusal = refusalOf(error, Object.keys(form.getValues()));
      showErrors(form, refusal.fields);
      setFailure(refusal.message);
    } finally {
      setBusy(false);
    }
  }

  async function change(first: Known<T, R>, typed: T): Promise<void> {
    let [base, mine] = [first, typed];
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const changes = changesOf(base.fields, mine);
      if (Object.keys(changes).length === 0) return finish(base, mine);
      try {
        const { body, etag } = await askSignedIn<R>('PATCH', path, {
          body: bodyOf(changes, mine),
          headers: { 'if-match': base.etag ?? '*' },
        });
        return finish({ record: body, fields: fieldsOf(body), etag }, mine);
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 412)) throw error;
      }
      const theirs = await read();
      const { merged, conflicts: found } = merge(base.fields, theirs.fields, mine);
      // What was typed while this was asked stays.
      form.setValues(merge(mine, merged, form.getValues()).merged);
      setKnown(theirs);
      [base, mine] = [theirs, merged];
      if (found.length === 0) continue;
      const who = auditTarget === undefined ? undefined : await whoChanged(auditTarget);
      return conflicts.show(found, who);
    }
    setFailure(texts.busy);
  }

  function finish(saved: Known<T, R>, sent: T): void {
    conflicts.clear();
    setKnown(saved);
    setRestored(false);
    form.setValues(merge(sent, saved.fields, form.getValues()).merged);
    onSaved(saved.record);
  }

  function discard(): void {
    forget();
    restored.current = undefined;
    conflicts.clear();
    setRestored(false);
    setFailure(undefined);
    form.clearErrors();
    if (!known) return;
    form.setValues(known.fields);
    if (!isRestored) return;
    // What others have changed since it was typed.
    void read()
      .then((now) => {
        setKnown(now);
        form.setValues(merge(known.fields, now.fields, form.getValues()).merged);
      })
      .catch(() => undefined);
  }

  const state = known ? 'ready' : loaded.isError ? 'failed' : 'loading';
  const told = failure ?? (state === 'failed' ? loaded.error?.message : undefined);
  return { state, failure: told, busy, offer, isRestored, save, discard };
}
