import { type DocumentSnapshot, FieldPath, type Query } from 'firebase-admin/firestore';
import { z } from 'zod';
import { available } from '../available.ts';
import { cursorOf, encodeCursor } from '../cursor.ts';

/** Documents that one request reads at most while it looks for those that are kept. */
const MOST_READ = 1_000;
const BATCH = 250;

export interface Paging<T> {
  /** In a stable order, after the cursor. */
  query: Query;
  limit: number;
  /** Where the list goes on after this document. */
  placeOf: (document: DocumentSnapshot) => unknown;
  /** Undefined leaves the document out. */
  view: (document: DocumentSnapshot) => T | undefined;
  /** Whether documents are left out for what they hold, so that more have to be read. */
  sieved?: boolean;
}

/** A page; one that was sieved can be short, or empty, although more follow. */
export async function readPage<T>({ query, limit, placeOf, view, sieved = false }: Paging<T>) {
  const items: T[] = [];
  const size = sieved ? BATCH : limit + 1;
  let last: DocumentSnapshot | undefined;
  for (let read = 0; ; ) {
    const { docs } = await available((last ? query.startAfter(last) : query).limit(size).get());
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
export const NameCursor = cursorOf(z.tuple([z.string(), z.string().min(1)])).optional();

export function byName(query: Query, cursor: [string, string] | undefined): Query {
  const ordered = query.orderBy('name').orderBy(FieldPath.documentId());
  return cursor ? ordered.startAfter(...cursor) : ordered;
}

export function placeByName(document: DocumentSnapshot): [string, string] {
  return [document.get('name'), document.id];
}

/** What people type and what is stored, made comparable: no case, no marks above letters. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
