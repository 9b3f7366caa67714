import { FieldValue, type Firestore, type Transaction } from 'firebase-admin/firestore';
import { stored } from '../paths.ts';
import type { Contribution } from './contribution.ts';
import { type Counts, countsOf, isEmpty, plus } from './counts.ts';

/**
 * A company's counts: one document for each day, and one for each day and site. `counts` in it holds
 * them; `repairs` how often they were mended (rebuild.ts). A question about all sites, or about one,
 * reads one document for each day, however many sites there are. They are changed by increments
 * alone, so that calls which end together wait for no lock while they read.
 */
export interface TallyPlace {
  path: string;
  withSites: boolean;
}

/** The tallies in which a call counts. */
export function talliesOf({ company_id, site_id, day }: Contribution): TallyPlace[] {
  return [
    { path: `${stored.tallies(company_id)}/${day}`, withSites: true },
    ...(site_id === null
      ? []
      : [{ path: `${stored.siteTallies(company_id, site_id)}/${day}`, withSites: false }]),
  ];
}

/** By how much each tally changes when a call that counted as `before` counts as `after`. */
export function differences(
  before: Contribution | undefined,
  after: Contribution | undefined,
): Map<string, Counts> {
  const byPath = new Map<string, Counts>();
  const add = (contribution: Contribution, times: 1 | -1) => {
    for (const { path, withSites } of talliesOf(contribution)) {
      const counts = countsOf(contribution, { withSites });
      byPath.set(path, plus(byPath.get(path) ?? {}, counts, times));
    }
  };
  if (before) add(before, -1);
  if (after) add(after, 1);
  return byPath;
}

/** Writes that a call counts as `after` from now on, together with what else the transaction does. */
export function recount(
  firestore: Firestore,
  transaction: Transaction,
  before: Contribution | undefined,
  after: Contribution | undefined,
): void {
  for (const [path, counts] of differences(before, after)) {
    if (isEmpty(counts)) continue;
    transaction.set(firestore.doc(path), { counts: increments(counts) }, { merge: true });
  }
}

/** The same numbers as increments of what is stored. */
export function increments(counts: Counts): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, value]) => [
      name,
      typeof value === 'number' ? FieldValue.increment(value) : increments(value),
    ]),
  );
}
