import { getAt, type MaybeNode } from './engine/node.ts';
import type { Path } from './engine/path.ts';
import type { Query } from './engine/query.ts';
import { advanceView, openView, type View, type ViewUpdate } from './engine/view.ts';
import { applyWrites, type Change, type Write } from './engine/write.ts';
import { createListenerTree } from './listener-tree.ts';
import type { Auth } from './rules/scope.ts';
import { createRules, type Rules } from './rules.ts';

/** One write that changed something, with the whole tree before and after it. */
export interface Commit {
  namespace: string;
  before: MaybeNode;
  after: MaybeNode;
  changes: readonly Change[];
}

export interface CommitOptions {
  /** Fire function triggers; default true. */
  triggers?: boolean;
}

/** One namespace: its data, its listeners and its rules. */
export interface Database {
  readonly namespace: string;
  readonly rules: Rules;
  /** Milliseconds since 1970. */
  now(): number;
  read(path: Path): MaybeNode;
  /**
   * Applies the writes as one step and tells every listener before it returns.
   * @throws DatabaseError when one of them is refused; then nothing has changed.
   */
  commit(writes: readonly Write[], options?: CommitOptions): void;
  /** Sends the present content at once, then every change. Returns the function that ends it. */
  listen(path: Path, query: Query | undefined, send: (update: ViewUpdate) => void): () => void;
  /** Do the rules let a client that is not the owner read there, as things are? */
  mayRead(path: Path, auth: Auth): boolean;
  /** Do they let it write there, when the whole tree would then be `newRoot`? */
  mayWrite(path: Path, auth: Auth, newRoot: () => MaybeNode): boolean;
  /** What the whole tree would be after the writes; worked out once, when it is first asked for. */
  preview(writes: () => readonly Write[]): () => MaybeNode;
  /** @throws DatabaseError when the rules are refused; the old ones stay. */
  replaceRules(source: string): void;
  /**
   * Calls the function whenever what rules grant may have become less: after each commit, before
   * its listeners are told, and after new rules. Returns the function that ends it.
   */
  watchRights(recheck: () => void): () => void;
}

export interface DatabaseOptions {
  namespace: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Called for each commit that fires triggers, after the listeners were told. */
  onCommit: (commit: Commit) => void;
}

interface Listener {
  view: View;
  send: (update: ViewUpdate) => void;
}

export function createDatabase({ namespace, now, onCommit }: DatabaseOptions): Database {
  let root: MaybeNode;
  const listeners = createListenerTree<Listener>();
  const rules = createRules();
  const rechecks = new Set<() => void>();

  return {
    namespace,
    rules,
    now,
    read: (path) => getAt(root, path),
    commit,
    listen,
    mayRead: (path, auth) => rules.mayRead(path, { auth, now: now(), root }),
    mayWrite: (path, auth, newRoot) => rules.mayWrite(path, { auth, now: now(), root, newRoot }),
    preview,
    replaceRules(source) {
      rules.replace(source);
      for (const recheck of rechecks) recheck();
    },
    watchRights(recheck) {
      rechecks.add(recheck);
      return () => void rechecks.delete(recheck);
    },
  };

  function preview(writes: () => readonly Write[]): () => MaybeNode {
    let result: { root: MaybeNode } | undefined;
    return () => {
      result ??= applyWrites(root, writes(), now());
      return result.root;
    };
  }

  function commit(writes: readonly Write[], { triggers = true }: CommitOptions = {}): void {
    const before = root;
    const { root: after, changes } = applyWrites(before, writes, now());
    root = after;
    for (const recheck of rechecks) recheck();
    publish(changes);
    if (triggers && changes.length > 0) onCommit({ namespace, before, after, changes });
  }

  function publish(changes: readonly Change[]): void {
    const changesByListener = new Map<Listener, Change[]>();
    for (const change of changes) {
      for (const listener of listeners.touchedBy(change.path)) {
        const known = changesByListener.get(listener);
        if (known) known.push(change);
        else changesByListener.set(listener, [change]);
      }
    }
    for (const [listener, relevant] of changesByListener) {
      const { view, update } = advanceView(listener.view, root, relevant);
      listener.view = view;
      if (update) listener.send(update);
    }
  }

  function listen(
    path: Path,
    query: Query | undefined,
    send: (update: ViewUpdate) => void,
  ): () => void {
    const { view, update } = openView(root, path, query);
    send(update);
    return listeners.add(path, { view, send });
  }
}
