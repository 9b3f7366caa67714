import { equalNodes, getAt, type MaybeNode } from './node.ts';
import { contains, formatPath, type Path } from './path.ts';
import { type Query, runQuery } from './query.ts';
import { advanceWindow, type QueryWindow, replaceWindow } from './query-window.ts';
import type { Change } from './write.ts';

/** What one listener sees: a whole location, or the window of a query on it. */
export interface View {
  path: Path;
  query: Query | undefined;
  /** Stays empty for a whole location. */
  window: QueryWindow;
}

/** What a listener is told: set one location, or set several below one as a single step. */
export type ViewUpdate =
  | { kind: 'set'; path: Path; content: MaybeNode | QueryWindow }
  | { kind: 'merge'; path: Path; children: Map<string, MaybeNode> };

/** A new listener's view and the first update that it is sent. */
export function openView(
  root: MaybeNode,
  path: Path,
  query: Query | undefined,
): { view: View; update: ViewUpdate } {
  const node = getAt(root, path);
  if (!query) {
    return { view: { path, query, window: [] }, update: { kind: 'set', path, content: node } };
  }
  const window = runQuery(node, query);
  return { view: { path, query, window }, update: { kind: 'set', path, content: window } };
}

/**
 * Takes a view over one atomic write. However many locations the write touched, there is at most
 * one update, so that the listener never sees half of it.
 * @param root the tree after the write.
 * @param changes those changes of the write that lie at, above or below the view.
 */
export function advanceView(
  view: View,
  root: MaybeNode,
  changes: readonly Change[],
): { view: View; update: ViewUpdate | undefined } {
  return view.query
    ? advanceQueryView(view, view.query, root, changes)
    : { view, update: updateOfWholeLocation(view.path, root, changes) };
}

function updateOfWholeLocation(
  path: Path,
  root: MaybeNode,
  changes: readonly Change[],
): ViewUpdate | undefined {
  const covering = changes.find((change) => contains(change.path, path));
  if (covering) {
    const before = getAt(covering.before, path.slice(covering.path.length));
    const after = getAt(root, path);
    return equalNodes(before, after) ? undefined : { kind: 'set', path, content: after };
  }
  const [first] = changes;
  if (first && changes.length === 1) {
    return { kind: 'set', path: first.path, content: first.after };
  }
  const children = changes.map(
    (change) => [formatPath(change.path.slice(path.length)), change.after] as const,
  );
  return children.length === 0 ? undefined : { kind: 'merge', path, children: new Map(children) };
}

function advanceQueryView(
  view: View,
  query: Query,
  root: MaybeNode,
  changes: readonly Change[],
): { view: View; update: ViewUpdate | undefined } {
  const { path } = view;
  const node = getAt(root, path);
  const isCovered = changes.some((change) => contains(change.path, path));
  const step = isCovered
    ? replaceWindow(view.window, runQuery(node, query))
    : advanceWindow(query, view.window, node, childrenTouched(path, changes));
  const next = { ...view, window: step.window };
  if (step.changes.size === 0) return { view: next, update: undefined };
  const update: ViewUpdate = isCovered
    ? { kind: 'set', path, content: step.window }
    : { kind: 'merge', path, children: step.changes };
  return { view: next, update };
}

function childrenTouched(path: Path, changes: readonly Change[]): Set<string> {
  const keys = changes.map((change) => change.path[path.length]);
  return new Set(keys.filter((key) => key !== undefined));
}
