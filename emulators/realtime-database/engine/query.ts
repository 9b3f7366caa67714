import { compareNodes } from './compare.ts';
import { compareKeys, MAX_KEY, MIN_KEY } from './keys.ts';
import {
  childrenOf,
  getAt,
  leaf,
  type MaybeNode,
  priorityNode,
  type Scalar,
  type TreeNode,
} from './node.ts';
import { ascending, descending } from './ordered-map.ts';
import type { Path } from './path.ts';

/** What a query orders by. */
export type Index =
  | { by: 'key' }
  | { by: 'value' }
  | { by: 'priority' }
  | { by: 'child'; path: Path };

/** One end of a range: an index value and, among equal values, a key. */
export interface Bound {
  value: Scalar | null;
  key: string;
  inclusive: boolean;
}

export interface Query {
  index: Index;
  start?: Bound;
  end?: Bound;
  limit?: { count: number; from: 'first' | 'last' };
}

/** A child that a query matches, with the value that it is ordered by. */
export interface Entry {
  key: string;
  node: TreeNode;
  sortNode: MaybeNode;
}

/**
 * Makes one end of a range. Without a key, equal values lie inside an inclusive bound and outside
 * an exclusive one.
 */
export function bound(
  side: 'start' | 'end',
  value: Scalar | null,
  key: string | undefined,
  inclusive: boolean,
): Bound {
  const beforeEqualValues = (side === 'start') === inclusive;
  return { value, key: key ?? (beforeEqualValues ? MIN_KEY : MAX_KEY), inclusive };
}

/** The children of `node` that match, in the order of the index; none where it has no children. */
export function runQuery(node: MaybeNode, query: Query): Entry[] {
  if (query.index.by === 'key') return runKeyQuery(node, query);
  const entries: Entry[] = [];
  for (const [key, child] of ascending(childrenOf(node))) {
    const entry = entryOf(query, key, child);
    if (matches(query, entry)) entries.push(entry);
  }
  entries.sort((a, b) => compareEntries(query, a, b));
  return trim(query, entries);
}

/** Entries cut to the query's limit; they must be in order. */
export function trim(query: Query, entries: Entry[]): Entry[] {
  const { limit } = query;
  if (!limit || entries.length <= limit.count) return entries;
  return limit.from === 'first' ? entries.slice(0, limit.count) : entries.slice(-limit.count);
}

export function entryOf(query: Query, key: string, node: TreeNode): Entry {
  return { key, node, sortNode: sortNodeOf(query.index, node) };
}

/** Does the entry lie in the query's range? Limits are not looked at. */
export function matches(query: Query, entry: Entry): boolean {
  return !isBefore(query, entry) && !isAfter(query, entry);
}

export function compareEntries(query: Query, a: Entry, b: Entry): number {
  if (query.index.by === 'key') return compareKeys(a.key, b.key);
  return compareNodes(a.sortNode, b.sortNode) || compareKeys(a.key, b.key);
}

/** Keys are stored in order, so that a query over them reads only what it returns. */
function runKeyQuery(node: MaybeNode, query: Query): Entry[] {
  const { limit, start, end } = query;
  const backwards = limit?.from === 'last';
  const children = backwards
    ? descending(childrenOf(node), end && String(end.value))
    : ascending(childrenOf(node), start && String(start.value));
  const [isTooEarly, isPast] = backwards ? [isAfter, isBefore] : [isBefore, isAfter];
  const entries: Entry[] = [];
  for (const [key, child] of children) {
    const entry: Entry = { key, node: child, sortNode: undefined };
    if (isPast(query, entry)) break;
    if (!isTooEarly(query, entry)) entries.push(entry);
    if (limit && entries.length === limit.count) break;
  }
  return backwards ? entries.reverse() : entries;
}

function isBefore(query: Query, entry: Entry): boolean {
  if (!query.start) return false;
  const order = compareToBound(query, entry, query.start);
  return order < 0 || (order === 0 && !query.start.inclusive);
}

function isAfter(query: Query, entry: Entry): boolean {
  if (!query.end) return false;
  const order = compareToBound(query, entry, query.end);
  return order > 0 || (order === 0 && !query.end.inclusive);
}

function compareToBound(query: Query, entry: Entry, to: Bound): number {
  if (query.index.by === 'key') return compareKeys(entry.key, String(to.value));
  const value = to.value === null ? undefined : leaf(to.value);
  return compareNodes(entry.sortNode, value) || compareKeys(entry.key, to.key);
}

function sortNodeOf(index: Index, node: TreeNode): MaybeNode {
  switch (index.by) {
    case 'key':
      return undefined;
    case 'value':
      return node;
    case 'priority':
      return priorityNode(node);
    case 'child':
      return getAt(node, index.path);
  }
}
