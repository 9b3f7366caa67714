import { aggregate } from './aggregate.ts';
import { createCommitClock } from './commit-clock.ts';
import { createDocumentStore, type DocumentChange, type Snapshot } from './document-store.ts';
import { Code, FirestoreError, invalidArgument } from './errors.ts';
import { checkIndexes } from './index-check.ts';
import type { CheckedIndexConfiguration } from './index-configuration.ts';
import { createLocks } from './locks.ts';
import type { Aggregation, Query } from './query.ts';
import { checkQuery } from './query-rules.ts';
import { checkDocumentName, checkIsIn, type Scope } from './resource-name.ts';
import { runQuery } from './run-query.ts';
import { createTransactions, type Transaction, type Transactions } from './transactions.ts';
import type { Document, Value } from './value.ts';
import { applyWrite, type Write, type WriteResult } from './write.ts';

/** The moment that a read sees: now, a time in the past, or what a transaction sees. */
export type ReadMode =
  | { readonly kind: 'latest' }
  | { readonly kind: 'asOf'; readonly time: bigint }
  | { readonly kind: 'transaction'; readonly transaction: Transaction };

export interface CommitEvent {
  readonly time: bigint;
  readonly changes: readonly DocumentChange[];
  readonly current: Snapshot;
}

export interface CommitResult {
  readonly commitTime: bigint;
  readonly results: readonly WriteResult[];
}

/** One Firestore database. Methods throw FirestoreError for everything production refuses. */
export interface Database {
  readonly transactions: Pick<Transactions, 'begin' | 'get' | 'end'>;
  /** A time that all earlier commits precede and all later commits follow. */
  now(): bigint;
  /** Names answer in their order, undefined for a missing document. */
  getDocuments(names: readonly string[], mode: ReadMode): Promise<Read<(Document | undefined)[]>>;
  runQuery(query: Query, mode: ReadMode): Promise<Read<Document[]>>;
  aggregate(
    query: Query,
    aggregations: readonly Aggregation[],
    mode: ReadMode,
  ): Promise<Read<Map<string, Value>>>;
  /**
   * All writes or none. Ends the transaction, whether it succeeds or not. Once the signal is
   * aborted nothing is written any more.
   */
  commit(
    writes: readonly Write[],
    transaction?: Transaction,
    signal?: AbortSignal,
  ): Promise<CommitResult>;
  /** A state for reads that need no locks. */
  snapshot(time?: bigint): Snapshot;
  /** Refuses what is not the name of a document of this database. */
  checkName(documentName: string): void;
  /** Refuses a query by production's rules and by the index configuration. */
  checkQuery(query: Query, aggregations?: readonly Aggregation[]): void;
  subscribe(listener: (event: CommitEvent) => void): () => void;
  allDocuments(): Document[];
  /** Puts these documents in place of all others; open transactions end, listeners are told. */
  replaceAll(documents: readonly Document[]): void;
  /** Ends every transaction and wait. */
  close(): void;
}

export interface Read<T> {
  readonly value: T;
  readonly readTime: bigint;
}

export interface DatabaseOptions {
  /** `projects/{project}/databases/{database}` */
  name: string;
  indexes?: CheckedIndexConfiguration;
  /** Milliseconds since 1970, as Date.now. */
  now?: () => number;
}

export function createDatabase({ name, indexes, now = Date.now }: DatabaseOptions): Database {
  const clock = createCommitClock(now);
  const store = createDocumentStore(clock, clock.next());
  const locks = createLocks();
  const transactions = createTransactions(locks);
  const listeners = new Set<(event: CommitEvent) => void>();
  const everything: Scope = { parent: `${name}/documents`, allDescendants: true };

  return {
    transactions,
    now: clock.next,
    getDocuments,
    async runQuery(query, mode) {
      checkAgainstRules(query);
      return readLocked(query, mode, (snapshot) => {
        const documents = runQuery(snapshot, query);
        return { value: documents, documents };
      });
    },
    async aggregate(query, aggregations, mode) {
      checkAgainstRules(query, aggregations);
      return readLocked(query, mode, (snapshot) => {
        const { values, documents } = aggregate(snapshot, query, aggregations);
        return { value: values, documents };
      });
    },
    commit,
    snapshot: (time) => (time === undefined ? store.latest() : store.asOf(time)),
    checkName,
    checkQuery: checkAgainstRules,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    allDocuments: () => [...store.latest().documentsIn(everything)],
    replaceAll,
    close: transactions.endAll,
  };

  function checkName(documentName: string): void {
    checkDocumentName(documentName);
    checkIsIn(name, documentName);
  }

  function checkAgainstRules(query: Query, aggregations: readonly Aggregation[] = []): void {
    checkQuery(query);
    checkIsIn(name, query.scope.parent);
    if (indexes) checkIndexes(indexes, query, aggregations);
  }

  async function getDocuments(names: readonly string[], mode: ReadMode) {
    for (const documentName of names) checkName(documentName);
    if (mode.kind === 'transaction' && isReadWrite(mode.transaction)) {
      await lock(mode.transaction, names);
    }
    const { snapshot, readTime } = view(mode);
    return { value: names.map((documentName) => snapshot.get(documentName)), readTime };
  }

  function view(mode: ReadMode): { snapshot: Snapshot; readTime: bigint } {
    const time = mode.kind === 'asOf' ? mode.time : undefined;
    const past = mode.kind === 'transaction' ? mode.transaction.readTime : time;
    if (past !== undefined) return { snapshot: store.asOf(past), readTime: past };
    return { snapshot: store.latest(), readTime: clock.next() };
  }

  /**
   * In a read-write transaction a query locks its results, and its result set: until the
   * transaction ends, a commit that would add to it waits (see `commit`). Transactions that query
   * the same collections do so one after the other, so that none of them has to fail.
   */
  async function readLocked<T>(
    query: Query,
    mode: ReadMode,
    read: (snapshot: Snapshot) => { value: T; documents: readonly Document[] },
  ): Promise<Read<T>> {
    if (mode.kind !== 'transaction' || !isReadWrite(mode.transaction)) {
      const { snapshot, readTime } = view(mode);
      return { value: read(snapshot).value, readTime };
    }
    const { transaction } = mode;
    const { owner } = transaction;
    const endKey = transactions.endKey(transaction);
    await lock(transaction, [`queries:${query.scope.collectionId ?? ''}`, endKey]);
    for (;;) {
      const { value, documents } = read(store.latest());
      const names = documents.map((document) => document.name);
      if (names.every((documentName) => locks.holds(owner, documentName))) {
        transaction.queries.push(query);
        return { value, readTime: clock.next() };
      }
      await lock(transaction, names);
    }
  }

  async function lock(transaction: Transaction, keys: readonly string[]): Promise<void> {
    await locks.acquire(transaction.owner, keys);
    if (transaction.owner.doomed) throw aborted();
  }

  async function commit(
    writes: readonly Write[],
    transaction?: Transaction,
    signal?: AbortSignal,
  ): Promise<CommitResult> {
    const owner = transaction?.owner ?? locks.createOwner();
    try {
      if (transaction && !isReadWrite(transaction) && writes.length > 0) {
        throw invalidArgument('Cannot modify documents in a read-only transaction.');
      }
      for (const write of writes) checkName(write.name);
      let keys = writes.map((write) => write.name);
      for (;;) {
        await locks.acquire(owner, keys);
        if (signal?.aborted) {
          throw new FirestoreError(Code.CANCELLED, 'The caller gave up waiting for this commit.');
        }
        if (owner.doomed && transaction) throw aborted();
        if (owner.doomed) {
          locks.release(owner);
          continue;
        }
        const commitTime = clock.next();
        const { changes, results } = prepare(writes, commitTime);
        const added = changes.flatMap(({ after }) => after ?? []);
        const disturbed = transactions.disturbedBy(added, owner);
        if (disturbed.length === 0) {
          publish(changes, commitTime);
          return { commitTime, results };
        }
        keys = [...keys, ...disturbed.map(transactions.endKey)];
      }
    } finally {
      if (transaction) transactions.end(transaction);
      else locks.release(owner);
    }
  }

  /** What the writes would do, one after the other; nothing is stored yet. */
  function prepare(writes: readonly Write[], commitTime: bigint) {
    const current = store.latest();
    const pending = new Map<string, Document | undefined>();
    const results: WriteResult[] = [];
    for (const write of writes) {
      const stored = pending.has(write.name) ? pending.get(write.name) : current.get(write.name);
      const { document, result } = applyWrite(write, stored, commitTime);
      pending.set(write.name, document);
      results.push(result);
    }
    const changes: DocumentChange[] = [];
    for (const [documentName, after] of pending) {
      const before = current.get(documentName);
      if (before !== after) changes.push({ name: documentName, before, after });
    }
    return { changes, results };
  }

  function publish(changes: readonly DocumentChange[], time: bigint): void {
    if (changes.length === 0) return;
    store.apply(changes, time);
    tell(changes, time);
  }

  function tell(changes: readonly DocumentChange[], time: bigint): void {
    for (const listener of [...listeners]) listener({ time, changes, current: store.latest() });
  }

  function replaceAll(documents: readonly Document[]): void {
    transactions.endAll();
    const before = new Map([...store.latest().documentsIn(everything)].map((d) => [d.name, d]));
    const after = new Map(documents.map((document) => [document.name, document]));
    const time = clock.next();
    store.replaceAll(documents, time);
    const names = new Set([...before.keys(), ...after.keys()]);
    tell(
      [...names].map((key) => ({ name: key, before: before.get(key), after: after.get(key) })),
      time,
    );
  }
}

function aborted(): FirestoreError {
  return new FirestoreError(
    Code.ABORTED,
    'The transaction was aborted because of contention with another. Try again.',
  );
}

function isReadWrite(transaction: Transaction): boolean {
  return transaction.readTime === undefined;
}
