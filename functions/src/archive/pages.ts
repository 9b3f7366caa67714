import type { Message } from '../calls/model.ts';
import { compareMessages } from '../calls/order.ts';

/**
 * The messages of one conversation by document: the main document's first, then those of page 1,
 * 2, and so on. Read one after another they are in the order in which they were said, each once.
 */
export type Pages = readonly (readonly Message[])[];

export interface PageLimits {
  /** Bytes up to which the last page is filled before another one begins. */
  fill: number;
  /** Bytes up to which a page that has a next one may grow when messages arrive late. */
  bound: number;
}

/**
 * A document holds at most 1 MiB (1,048,576 bytes). Between `fill` and `bound` there is room for
 * hundreds of late messages, so that one of them rewrites one page and not all that follow.
 * https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields
 */
export const PAGE_LIMITS: PageLimits = { fill: 700_000, bound: 1_000_000 };

/** What a document counts for besides its messages: its name and small fields take half of this. */
const DOCUMENT_OVERHEAD = 1_000;
/** A map counts like a document: 32 bytes, and the 16 of a document's name to be on the safe side. */
const MAP_OVERHEAD = 48;
const NUMBER_SIZE = 8;

/**
 * Bytes that a message counts for in a document: names and texts in UTF-8, one more byte for each
 * of them, and the maps around them.
 * https://firebase.google.com/docs/firestore/storage-size
 */
export function messageSize(message: Message): number {
  return valueSize(message);
}

/** Numbers and booleans count for at most eight bytes. */
function valueSize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 1;
  if (typeof value !== 'object' || value === null) return NUMBER_SIZE;
  if (Array.isArray(value)) return value.reduce((size, item) => size + valueSize(item), 0);
  return Object.entries(value).reduce(
    (size, [name, field]) => size + Buffer.byteLength(name) + 1 + valueSize(field),
    MAP_OVERHEAD,
  );
}

/** Bytes that a document with these messages counts for, rounded up. */
export function pageSize(messages: readonly Message[]): number {
  return messages.reduce((size, message) => size + messageSize(message), DOCUMENT_OVERHEAD);
}

/**
 * The pages with what has arrived, wherever in the conversation it belongs. A message that is there
 * already stays as it is. Pages on which nothing changes are the same objects as before, and where
 * nothing changes at all, so are the pages. Pages that are out of order, or hold a message twice,
 * are written anew as one conversation, perhaps on fewer pages; otherwise they never become fewer.
 */
export function addToPages(
  pages: Pages,
  arrived: readonly Message[],
  limits: PageLimits = PAGE_LIMITS,
): Pages {
  const known = pages.flat();
  if (!isInOrder(known)) return spread([unique([...known, ...arrived])], limits);
  const ids = new Set(known.map(({ id }) => id));
  const added = unique(arrived.filter(({ id }) => !ids.has(id)));
  if (added.length === 0) return pages;
  const byPage = Map.groupBy(added, (message) => placeOf(message, pages));
  const grown = (pages.length ? pages : [[]]).map((page, index) => {
    const late = byPage.get(index);
    return late ? [...page, ...late].sort(compareMessages) : page;
  });
  return spread(grown, limits);
}

/** Each id once, in the order in which they were said; the first copy stays. */
function unique(messages: readonly Message[]): Message[] {
  const byId = new Map<string, Message>();
  for (const message of messages) {
    if (!byId.has(message.id)) byId.set(message.id, message);
  }
  return [...byId.values()].sort(compareMessages);
}

function isInOrder(messages: readonly Message[]): boolean {
  return (
    new Set(messages.map(({ id }) => id)).size === messages.length &&
    messages.every((message, index) => {
      const next = messages[index + 1];
      return !next || compareMessages(message, next) < 0;
    })
  );
}

/** The last page that begins before the message. */
function placeOf(message: Message, pages: Pages): number {
  const place = pages.findLastIndex(([first]) => first && compareMessages(first, message) < 0);
  return Math.max(0, place);
}

/** Moves what a page can't hold to the front of the next, and begins new pages at the end. */
function spread(pages: Pages, { fill, bound }: PageLimits): Pages {
  const spreadPages: (readonly Message[])[] = [];
  let carried: readonly Message[] = [];
  for (let index = 0; index < pages.length || carried.length > 0; index++) {
    const page = pages[index] ?? [];
    const whole = carried.length ? [...carried, ...page] : page;
    const end = fitting(whole, index < pages.length - 1 ? bound : fill);
    spreadPages.push(end < whole.length ? whole.slice(0, end) : whole);
    carried = whole.slice(end);
  }
  return spreadPages;
}

/** How many of the messages, from the first on, a page holds: at least one, whatever its size. */
function fitting(messages: readonly Message[], most: number): number {
  let size = DOCUMENT_OVERHEAD;
  for (const [index, message] of messages.entries()) {
    size += messageSize(message);
    if (size > most && index > 0) return index;
  }
  return messages.length;
}
