import { FieldPath, type Firestore, type Query, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { maySee, type Viewer } from '../../access/visibility.ts';
import { ArchivedCall } from '../../archive/schema.ts';
import { archivedCall } from '../../archive/stored.ts';
import { CALL_ID } from '../../calls/ids.ts';
import { asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { stored } from '../../paths.ts';
import { type CallView, viewCall } from '../views.ts';
import type { HistoryFilters, Period } from './history-filters.ts';

/** Documents that one request looks at before it answers with what it has. */
export const MOST_SCANNED = 500;
/** Documents of one query, once the first has not filled the page. */
const PORTION = 100;

/** The place in the list after which a page begins: the last document that was looked at. */
export const Place = z.object({
  s: z.number().int().min(-62_135_596_800).max(253_402_300_799),
  n: z.number().int().min(0).max(999_999_999),
  /** Of any document that Firestore can hold: what is none of ours is passed over, but passed. */
  id: z
    .string()
    .max(300)
    .regex(/^(?!\.\.?$|__.*__$)[^/]+$/),
});
export type Place = z.infer<typeof Place>;

export interface HistoryAsked {
  viewer: Viewer;
  filters: HistoryFilters;
  period: Period;
  limit: number;
  after?: Place | undefined;
}

export interface HistoryPage {
  items: CallView[];
  /** Undefined at the end of the list. */
  next: Place | undefined;
}

export interface History {
  page(asked: HistoryAsked): Promise<HistoryPage>;
}

export interface HistoryOptions {
  firestore: () => Promise<Firestore>;
  /** In which times are shown. */
  timeZone: string;
  log: Log;
}

/** All fields but the words of the transcript, which are by far the most of a document. */
const WITHOUT_WORDS = Object.keys(ArchivedCall.shape).filter((field) => field !== 'search');

/**
 * Archived calls, newest first. Firestore picks by company, by the filters that have an index, and
 * by one word; the other words, and what the viewer may see, are decided here while paging: so the
 * policy `own` holds with any number of workers. A page may therefore be short, or empty, although
 * more follows. A document that does not have its schema is left out and logged.
 */
export function createHistory({ firestore, timeZone, log }: HistoryOptions): History {
  async function page({ viewer, filters, period, limit, after }: HistoryAsked) {
    const [, ...furtherWords] = filters.q ?? [];
    const query = queryOf(await firestore(), viewer.companyId, filters, period);
    const chosen = furtherWords.length > 0 ? query : query.select(...WITHOUT_WORDS);
    const items: CallView[] = [];
    let place = after;
    let portion = limit + 1;
    for (let scanned = 0; scanned < MOST_SCANNED; scanned += portion, portion = PORTION) {
      portion = Math.min(portion, MOST_SCANNED - scanned);
      const from = place ? chosen.startAfter(new Timestamp(place.s, place.n), place.id) : chosen;
      const { docs } = await from.limit(portion).get();
      for (const document of docs) {
        if (items.length === limit) return { items, next: place };
        place = placeOf(document.id, document.get('started_at'));
        const call = read(document.data());
        if (!call || !CALL_ID.test(document.id) || !maySee(viewer, call)) continue;
        if (!furtherWords.every((word) => call.search.includes(word))) continue;
        const view = viewCall(document.id, { live: undefined, archived: call });
        if (view) items.push(view);
      }
      if (docs.length < portion) return { items, next: undefined };
    }
    return { items, next: place };
  }

  function read(data: Record<string, unknown>): ArchivedCall | undefined {
    try {
      return archivedCall({ search: [], ...data }, timeZone);
    } catch (thrown) {
      log.error('An archived call is malformed; lists leave it out.', { error: asError(thrown) });
      return undefined;
    }
  }

  return { page };
}

function queryOf(
  firestore: Firestore,
  companyId: string,
  { urgency, worker_id, medium, final_action, q }: HistoryFilters,
  { from, before }: Period,
): Query {
  let query: Query = firestore.collection(stored.calls).where('company_id', '==', companyId);
  const equal = { urgency, worker_id, medium, final_action };
  for (const [field, value] of Object.entries(equal)) {
    if (value !== undefined) query = query.where(field, '==', value);
  }
  if (q) query = query.where('search', 'array-contains', q[0]);
  // Always there, for only Timestamps are in a range of them: the pages go on from one.
  query = query.where('started_at', '>=', Timestamp.fromMillis(from ?? 0));
  if (before !== undefined) query = query.where('started_at', '<', Timestamp.fromMillis(before));
  return query.orderBy('started_at', 'desc').orderBy(FieldPath.documentId(), 'desc');
}

function placeOf(id: string, startedAt: Timestamp): Place {
  return { s: startedAt.seconds, n: startedAt.nanoseconds, id };
}
