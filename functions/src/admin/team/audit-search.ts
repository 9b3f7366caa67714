import type { DocumentSnapshot, Firestore, Query } from 'firebase-admin/firestore';
import { z } from 'zod';
import { searchTokens } from '../../archive/search-tokens.ts';
import { stored } from '../../paths.ts';
import { HistoryFilters, type Period } from '../calls/history-filters.ts';
import type { AuditNames, NamedEntry } from './audit-names.ts';
import { viewEntry } from './audit-view.ts';
import { type NewestFirstCursor, newestFirst, placeByTime, readPage } from './pages.ts';

const Text = z.string().min(1).max(200);

/** All go together: for each pair there is an index, and Firestore joins those for all three. */
export const AuditFilters = z.object({
  who: Text.optional().meta({ description: 'The id of a supervisor or key.' }),
  action: Text.optional().meta({ description: 'Such as worker.changed.' }),
  target: Text.optional().meta({
    description: 'The id of a worker, call, supervisor and so on.',
  }),
  q: HistoryFilters.shape.q.meta({
    description:
      'Beginnings of words of names, ids, addresses and changed fields; all of them must occur.',
  }),
  from: HistoryFilters.shape.from.meta({
    description:
      "What was done then or later: a date in the company's zone, or an ISO 8601 instant.",
  }),
  to: HistoryFilters.shape.to.meta({
    description: 'What was done then or earlier, on that date included.',
  }),
});
export type AuditFilters = z.output<typeof AuditFilters>;

export interface AuditSearch {
  firestore: Firestore;
  names: AuditNames;
  companyId: string;
  timeZone: string;
  filters: AuditFilters;
  period: Period;
}

/**
 * One page. Firestore picks by who, action, target and time; the words of `q` are sifted from what
 * that finds, so that a page can be short, or empty, although more follow.
 */
export function searchAudit(
  { firestore, names, companyId, timeZone, filters, period }: AuditSearch,
  { cursor, limit }: { cursor: z.output<typeof NewestFirstCursor>; limit: number },
) {
  const words = filters.q ?? [];
  const view = (document: DocumentSnapshot) => viewEntry(document, timeZone);
  return readPage({
    query: newestFirst(queryOf(firestore, companyId, filters, period), 'at', cursor),
    limit,
    placeOf: placeByTime('at'),
    sieved: words.length > 0,
    prepare: (documents) => names.learn(documents.flatMap((document) => view(document) ?? [])),
    view(document) {
      const entry = view(document);
      const named = entry && names.name(entry);
      return named && holds(named, words) ? named : undefined;
    },
  });
}

function queryOf(
  firestore: Firestore,
  companyId: string,
  { who, action, target }: AuditFilters,
  { from, before }: Period,
): Query {
  let query = firestore.collection(stored.auditLog).where('company_id', '==', companyId);
  for (const [field, value] of Object.entries({ 'who.id': who, action, target })) {
    if (value !== undefined) query = query.where(field, '==', value);
  }
  if (from !== undefined) query = query.where('at', '>=', new Date(from));
  return before === undefined ? query : query.where('at', '<', new Date(before));
}

/** Whether each word begins one of the entry's own. */
export function holds(entry: NamedEntry, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const own = searchTokens(textsOf(entry));
  return words.every((word) => own.some((each) => each.startsWith(word)));
}

function textsOf({ action, target, target_name, who, who_name, from, before, after }: NamedEntry) {
  const head = [action, target, target_name, who.id, who_name, from?.ip];
  return [...head.filter((text) => typeof text === 'string'), ...valuesIn([before, after])];
}

/** Texts and numbers, however deep, and the names of fields. */
function valuesIn(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  if (value === null || typeof value !== 'object') return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(valuesIn)];
}
