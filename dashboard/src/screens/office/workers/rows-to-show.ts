import type { WorkersImport } from '../../../api/types.ts';

export type ImportRow = WorkersImport['rows'][number];
export type Outcome = ImportRow['outcome'];

/** What must be looked at comes first. */
const ORDER: readonly Outcome[] = ['faulty', 'change', 'create', 'unchanged'];

/** Those of one outcome, or all: the faulty ones first, and otherwise in the order of the file. */
export function rowsToShow(rows: readonly ImportRow[], shown: Outcome | 'all'): ImportRow[] {
  if (shown !== 'all') return rows.filter(({ outcome }) => outcome === shown);
  return rows.toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
}
