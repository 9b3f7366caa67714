import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';
import { useDraft } from '../../../ui/drafts.ts';
import { isSame } from './merge.ts';

/** What was typed into a form, over the version of the record that it was typed over. */
export interface Typed<T, K> {
  known: K;
  values: T;
}

/** Keeps what is typed while it differs from what is known, whatever becomes of the form. */
export function useTyped<T, K extends { fields: T }>(
  key: string,
  form: UseFormReturnType<T>,
  known: K | undefined,
) {
  const [draft, keep] = useDraft(`editing ${key}`);
  const { values } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `keep` is made anew with each drawing
  useEffect(() => {
    if (!known) return;
    keep(isSame(values, known.fields) ? undefined : JSON.stringify({ known, values }));
  }, [values, known]);
  return {
    typed: draft === undefined ? undefined : (JSON.parse(draft) as Typed<T, K>),
    forget: () => keep(undefined),
  };
}
