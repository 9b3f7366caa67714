import type { DocumentChange, Snapshot } from './document-store.ts';
import type { Query } from './query.ts';
import { isResult, project, runQuery } from './run-query.ts';
import type { Document } from './value.ts';

export type TargetEvent =
  /** The document is, or still is, among the results, in this version. */
  | { readonly kind: 'changed'; readonly document: Document }
  /** It is gone from the results, though it exists. */
  | { readonly kind: 'removed'; readonly name: string }
  | { readonly kind: 'deleted'; readonly name: string };

/** What a listener watches: some documents by name, or the results of a query. */
export type Watched =
  | { readonly kind: 'documents'; readonly names: readonly string[] }
  | { readonly kind: 'query'; readonly query: Query };

export interface ListenTarget {
  /**
   * What a client must be told to come from nothing (or from `known`, the state at its resume
   * token) to the current results.
   */
  start(current: Snapshot, known?: Snapshot): TargetEvent[];
  /** What changed for this target by a commit; `current` is the state after it. */
  onCommit(changes: readonly DocumentChange[], current: Snapshot): TargetEvent[];
}

export function createListenTarget(watched: Watched): ListenTarget {
  let results = new Map<string, Document>();

  return { start, onCommit };

  function start(current: Snapshot, known?: Snapshot): TargetEvent[] {
    results = evaluate(current);
    const events = difference(known ? evaluate(known) : new Map(), results, current);
    // A client that starts with nothing must hear of a missing document, or it waits for ever.
    if (watched.kind === 'documents' && !known) {
      for (const name of watched.names) {
        if (!results.has(name)) events.push({ kind: 'deleted', name });
      }
    }
    return events;
  }

  function onCommit(changes: readonly DocumentChange[], current: Snapshot): TargetEvent[] {
    const relevant = changes.filter(({ before, after }) => isWatched(before) || isWatched(after));
    if (relevant.length === 0) return [];
    const before = results;
    results = hasWindow() ? evaluate(current) : patched(before, relevant);
    return difference(before, results, current);
  }

  function isWatched(document: Document | undefined): boolean {
    if (!document) return false;
    if (watched.kind === 'documents') return watched.names.includes(document.name);
    return isResult(document, watched.query);
  }

  /** With a limit or offset, one change can move other documents in or out. */
  function hasWindow(): boolean {
    return (
      watched.kind === 'query' && (watched.query.limit !== undefined || watched.query.offset > 0)
    );
  }

  function patched(
    before: ReadonlyMap<string, Document>,
    changes: readonly DocumentChange[],
  ): Map<string, Document> {
    const after = new Map(before);
    for (const { name, after: document } of changes) {
      if (document && isWatched(document)) {
        after.set(name, document);
      } else {
        after.delete(name);
      }
    }
    return after;
  }

  function evaluate(snapshot: Snapshot): Map<string, Document> {
    const documents =
      watched.kind === 'query'
        ? runQuery(snapshot, watched.query)
        : watched.names.flatMap((name) => snapshot.get(name) ?? []);
    return new Map(documents.map((document) => [document.name, document]));
  }

  function difference(
    before: ReadonlyMap<string, Document>,
    after: ReadonlyMap<string, Document>,
    current: Snapshot,
  ): TargetEvent[] {
    const events: TargetEvent[] = [];
    for (const name of before.keys()) {
      if (!after.has(name)) {
        events.push({ kind: current.get(name) ? 'removed' : 'deleted', name });
      }
    }
    for (const [name, document] of after) {
      if (before.get(name) === document) continue;
      const visible = watched.kind === 'query' ? project(document, watched.query) : document;
      events.push({ kind: 'changed', document: visible });
    }
    return events;
  }
}
