import { compareNodes } from './compare.ts';
import { childOf, equalNodes, type MaybeNode } from './node.ts';
import {
  compareEntries,
  type Entry,
  entryOf,
  matches,
  type Query,
  runQuery,
  trim,
} from './query.ts';

/** A listened query's current matches, in order. */
export type QueryWindow = readonly Entry[];

export interface WindowStep {
  window: QueryWindow;
  /** For each key whose place in the window changed: its node now, undefined when it left. */
  changes: Map<string, MaybeNode>;
}

/**
 * The window after a write that touched the children `changedKeys` of the queried node. Sorts and
 * compares only those, except when a full limited window loses a child: then the list is searched
 * for the next one.
 */
export function advanceWindow(
  query: Query,
  window: QueryWindow,
  node: MaybeNode,
  changedKeys: Iterable<string>,
): WindowStep {
  // A window below its limit holds every match, so that nothing outside can move in unseen.
  const isFull = query.limit !== undefined && window.length >= query.limit.count;
  const next: Entry[] = [...window];
  const touched: WindowStep['changes'] = new Map();
  for (const key of changedKeys) {
    const child = childOf(node, key);
    const entry = child && entryOf(query, key, child);
    const place = next.findIndex((candidate) => candidate.key === key);
    const current = next[place];
    if (current && entry && staysInPlace(query, current, entry)) {
      next[place] = entry;
      if (!equalNodes(current.node, child)) touched.set(key, child);
      continue;
    }
    if (current) {
      if (isFull) return replaceWindow(window, runQuery(node, query));
      next.splice(place, 1);
      touched.set(key, undefined);
    }
    if (entry && matches(query, entry)) {
      next.splice(insertionPlace(query, next, entry), 0, entry);
      touched.set(key, child);
    }
  }
  const trimmed = trim(query, next);
  return trimmed.length === next.length
    ? { window: next, changes: touched }
    : replaceWindow(window, trimmed);
}

/** The step from one window to another that was found anew. */
export function replaceWindow(before: QueryWindow, after: QueryWindow): WindowStep {
  const changes: WindowStep['changes'] = new Map();
  const known = new Map(before.map((entry) => [entry.key, entry.node]));
  for (const { key, node } of after) {
    if (!equalNodes(known.get(key), node)) changes.set(key, node);
    known.delete(key);
  }
  for (const key of known.keys()) changes.set(key, undefined);
  return { window: after, changes };
}

function staysInPlace(query: Query, current: Entry, entry: Entry): boolean {
  if (query.index.by === 'key') return true;
  return compareNodes(current.sortNode, entry.sortNode) === 0 && matches(query, entry);
}

function insertionPlace(query: Query, entries: readonly Entry[], entry: Entry): number {
  let from = 0;
  let to = entries.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareEntries(query, entries[middle] as Entry, entry) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
