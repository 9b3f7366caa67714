import type { CommitClock } from './commit-clock.ts';
import { createDocumentIndex } from './document-index.ts';
import { Code, FirestoreError, invalidArgument } from './errors.ts';
import { collectionPathOf, compareNames, type Scope } from './resource-name.ts';
import { compareText } from './text-order.ts';
import type { Document } from './value.ts';

/** A consistent view of the documents at one moment. */
export interface Snapshot {
  get(name: string): Document | undefined;
  documentsIn(scope: Scope): Iterable<Document>;
  /** Ids of the collections right below a parent, in order. */
  collectionIds(parent: string): string[];
  /** Names right in a collection, in order, also of missing documents with documents below. */
  namesOrPassages(collectionPath: string): string[];
}

/** One document's way from one version to the next; undefined where there is none. */
export interface DocumentChange {
  readonly name: string;
  readonly before: Document | undefined;
  readonly after: Document | undefined;
}

export interface DocumentStore {
  readonly size: number;
  latest(): Snapshot;
  /** The documents as they were; throws when the time lies in the future or too far back. */
  asOf(time: bigint): Snapshot;
  apply(changes: readonly DocumentChange[], time: bigint): void;
  /** Puts these documents in place of all others and forgets the past. */
  replaceAll(documents: readonly Document[], time: bigint): void;
}

/** A version that was replaced or deleted at `until`. */
interface PastVersion {
  readonly document: Document;
  readonly until: bigint;
}

const RETENTION = 3_600n * 1_000_000_000n;
const MAX_PAST_VERSIONS = 50_000;

/**
 * Keeps the documents, and for an hour (as production does) the versions before, for reads at a
 * past time. Under many writes the past is forgotten sooner, to bound the memory.
 * @param start nanoseconds since 1970; nothing before it can be read
 */
export function createDocumentStore(
  clock: CommitClock,
  start: bigint,
  maxPastVersions = MAX_PAST_VERSIONS,
): DocumentStore {
  const documents = new Map<string, Document>();
  const index = createDocumentIndex();
  const past = new Map<string, PastVersion[]>();
  const pastIndex = createDocumentIndex();
  let retired: { name: string; until: bigint }[] = [];
  let retiredStart = 0;
  let horizon = start;

  const latestSnapshot: Snapshot = {
    get: (name) => documents.get(name),
    *documentsIn(scope) {
      for (const name of index.inScope(scope)) yield documents.get(name) as Document;
    },
    collectionIds: index.collectionIds,
    namesOrPassages: index.namesOrPassages,
  };

  return {
    get size() {
      return documents.size;
    },
    latest: () => latestSnapshot,
    asOf,
    apply(changes, time) {
      for (const change of changes) applyChange(change, time);
      forgetOld(time);
    },
    replaceAll(replacements, time) {
      for (const memory of [documents, index, past, pastIndex]) memory.clear();
      retired = [];
      retiredStart = 0;
      horizon = time;
      for (const document of replacements) {
        documents.set(document.name, document);
        index.add(document.name);
      }
    },
  };

  function applyChange({ name, before, after }: DocumentChange, time: bigint): void {
    if (before) remember(before, time);
    if (after) {
      documents.set(name, after);
      index.add(name);
    } else {
      documents.delete(name);
      index.remove(name);
    }
  }

  function remember(document: Document, until: bigint): void {
    const { name } = document;
    const versions = past.get(name);
    if (versions) versions.push({ document, until });
    else past.set(name, [{ document, until }]);
    pastIndex.add(name);
    retired.push({ name, until });
  }

  function forgetOld(now: bigint): void {
    for (;;) {
      const oldest = retired[retiredStart];
      const isFull = retired.length - retiredStart > maxPastVersions;
      if (!oldest || (!isFull && oldest.until >= now - RETENTION)) break;
      retiredStart++;
      horizon = oldest.until;
      const versions = past.get(oldest.name);
      versions?.shift();
      if (versions?.length === 0) {
        past.delete(oldest.name);
        pastIndex.remove(oldest.name);
      }
    }
    if (retiredStart > maxPastVersions) {
      retired = retired.slice(retiredStart);
      retiredStart = 0;
    }
  }

  function asOf(time: bigint): Snapshot {
    const now = clock.passed();
    if (time > now) throw invalidArgument('The requested read time lies in the future.');
    if (time < horizon || time < now - RETENTION) {
      throw new FirestoreError(
        Code.FAILED_PRECONDITION,
        'The requested read time is too old: the past can be read for an hour, and not beyond the start of this server.',
      );
    }
    return pastSnapshot((name) => versionAt(name, time));
  }

  function versionAt(name: string, time: bigint): Document | undefined {
    const current = documents.get(name);
    if (current && current.updateTime <= time) return current;
    return past
      .get(name)
      ?.find(({ document, until }) => document.updateTime <= time && time < until)?.document;
  }

  function pastSnapshot(get: (name: string) => Document | undefined): Snapshot {
    function* documentsIn(scope: Scope): Generator<Document> {
      const names = new Set([...index.inScope(scope), ...pastIndex.inScope(scope)]);
      for (const name of names) {
        const document = get(name);
        if (document) yield document;
      }
    }
    /** The segments that follow a prefix in the names of the documents that existed then. */
    function beginningsBelow(prefix: string): Set<string> {
      const beginnings = new Set<string>();
      const parent = prefix.split('/').length % 2 === 1 ? prefix : collectionPathOf(prefix);
      for (const { name } of documentsIn({ parent, allDescendants: true })) {
        if (!name.startsWith(`${prefix}/`)) continue;
        beginnings.add(name.slice(prefix.length + 1).split('/', 1)[0] ?? '');
      }
      return beginnings;
    }
    return {
      get,
      documentsIn,
      collectionIds: (parent) => [...beginningsBelow(parent)].sort(compareText),
      namesOrPassages: (path) =>
        [...beginningsBelow(path)].map((id) => `${path}/${id}`).sort(compareNames),
    };
  }
}
