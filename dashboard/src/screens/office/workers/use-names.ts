import { useColleagues } from '../../../live/people.ts';
import { SPOKEN, useLanguageName } from '../languages.ts';
import { useSites } from '../sites/site.ts';
import type { WorkerFields } from './worker.ts';

export interface Choice {
  value: string;
  label: string;
}

/** The sites, supervisors and languages that a worker can have, and how they are called. */
export function useNames() {
  const sites = useSites();
  const colleagues = useColleagues();
  const languageName = useLanguageName();
  const choices = {
    site_id: (sites.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
    admin_id: colleagues.map(({ id, name }) => ({ value: id, label: name })),
    language: SPOKEN.map((tag) => ({ value: tag, label: languageName(tag) })),
  };
  type Named = keyof typeof choices;

  /** By its name; by its id or tag where it has gone, or nobody knows it. */
  function nameOf(field: keyof WorkerFields, value: string): string {
    if (value === '' || !(field in choices)) return value;
    if (field === 'language') return languageName(value);
    return choices[field as Named].find((choice) => choice.value === value)?.label ?? value;
  }

  /** What can be chosen, with what is chosen already although it has gone. */
  function choicesOf(field: Named, chosen: string): Choice[] {
    const known = choices[field];
    const isKnown = chosen === '' || known.some(({ value }) => value === chosen);
    return isKnown ? known : [...known, { value: chosen, label: nameOf(field, chosen) }];
  }

  return { nameOf, choicesOf };
}
