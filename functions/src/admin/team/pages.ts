import { type DocumentSnapshot, FieldPath, type Query, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { available } from '../available.ts';
import { cursorOf, encodeCursor } from '../cursor.ts';
import { RecordId } from './fields.ts';

/** Documents that one request reads at most while it looks for those that are kept. */
const MOST_READ = 1_000;
const BATCH = 250;

/** The end of the year 9999: what Firestore takes as a time at most. */
const LAST_SECOND = 253_402_300_799;

export interface Paging<T> {
  /** In a stable order, after the cursor. */
  query: Query;
  limit: number;
  /** Where the list goes on after this document. */
  placeOf: (document: DocumentSnapshot) => unknown;
  /** Undefined leaves the document out. */
  view: (document: DocumentSnapshot) => T | undefined;
  /** Asked with each batch before its documents are viewed: for what viewing them needs. */
  prepare?: (documents: readonly DocumentSnapshot[]) => Promise<void>;
  /** Whether documents are left out for what they hold, so that more have to be read. */
  sieved?: boolean;
}

/** A page; one that was sieved can be short, or empty, although more follow. */
export async function readPage<T>(paging: Paging<T>) {
  const { query, limit, placeOf, view, prepare, sieved = false } = paging;
  const items: T[] = [];
  const size = sieved ? BATCH : limit + 1;
  let last: DocumentSnapshot | undefined;
  for (let read = 0; ; ) {
    const { docs } = await available((last ? query.startAfter(last) : query).limit(size).get());
    await prepare?.(docs);
    for (const document of docs) {
      if (last && (items.length === limit || read === MOST_READ)) {
        return { items, next_cursor: encodeCursor(placeOf(last)) };
      }
      const item = view(document);
      if (item) items.push(item);
      last = document;
      read++;
    }
    if (docs.length < size) return { items, next_cursor: null };
  }
}

/** Place in a list in the order of names, and of ids where names are the same. */
export const NameCursor = cursorOf(z.tuple([z.string(), RecordId])).optional();

export function byName(query: Query, cursor: [string, string] | undefined): Query {
  const ordered = query.orderBy('name').orderBy(FieldPath.documentId());
  return cursor ? ordered.startAfter(...cursor) : ordered;
}

export function placeByName(document: DocumentSnapshot): [string, string] {
  return [String(document.get('name')), document.id];
}

/** Place in a list in the order of time: seconds, nanoseconds, and the id where times are the same. */
const TimePlace = z.tuple([
  z.number().int().min(0).max(LAST_SECOND),
  z.number().int().min(0).max(999_999_999),
  RecordId,
]);
export const NewestFirstCursor = cursorOf(TimePlace).optional();

export function newestFirst(
  query: Query,
  field: string,
  cursor: z.infer<typeof TimePlace> | undefined,
): Query {
  const ordered = query.orderBy(field, 'desc').orderBy(FieldPath.documentId(), 'desc');
  if (!cursor) return ordered;
  const [seconds, nanoseconds, id] = cursor;
  return ordered.startAfter(new Timestamp(seconds, nanoseconds), id);
}

export function placeByTime(field: string) {
  return (document: DocumentSnapshot): z.infer<typeof TimePlace> => {
    const { seconds, nanoseconds } = document.get(field) as Timestamp;
    return [seconds, nanoseconds, document.id];
  };
}
