import { randomBytes } from 'node:crypto';
import { invalidArgument } from './errors.ts';
import type { LockOwner, Locks } from './locks.ts';
import type { Query } from './query.ts';
import { isResult } from './run-query.ts';
import type { Document } from './value.ts';

export interface Transaction {
  readonly id: Uint8Array;
  /** Set for read-only transactions: the moment that all of their reads see. */
  readonly readTime?: bigint;
  readonly owner: LockOwner;
  /** The queries it has run; nobody may add to their results before it ends. */
  readonly queries: Query[];
}

export interface Transactions {
  /** @param readTime given for a read-only transaction */
  begin(readTime?: bigint): Transaction;
  /** Throws the error upon which the SDK starts the transaction anew when it is over. */
  get(id: Uint8Array): Transaction;
  end(transaction: Transaction): void;
  endAll(): void;
  /** The lock that a transaction with queries holds to the end, for others to wait for it. */
  endKey(transaction: Transaction): string;
  /** Other transactions whose query results these new versions would enter. */
  disturbedBy(documents: readonly Document[], owner: LockOwner): Transaction[];
}

interface Entry {
  readonly transaction: Transaction;
  readonly startedAt: number;
  timer: NodeJS.Timeout;
}

// https://cloud.google.com/firestore/quotas#writes_and_transactions
const IDLE_LIMIT = 60_000;
const TOTAL_LIMIT = 270_000;

/** Keeps the open transactions and ends those that are idle or open for too long. */
export function createTransactions(
  locks: Locks,
  { idleLimit = IDLE_LIMIT, totalLimit = TOTAL_LIMIT } = {},
): Transactions {
  const entries = new Map<string, Entry>();

  return {
    begin(readTime) {
      const transaction: Transaction = {
        id: randomBytes(16),
        ...(readTime !== undefined && { readTime }),
        owner: locks.createOwner(),
        queries: [],
      };
      const startedAt = Date.now();
      entries.set(keyOf(transaction.id), {
        transaction,
        startedAt,
        timer: setTimeout(() => end(transaction), idleLimit).unref(),
      });
      return transaction;
    },
    get(id) {
      const entry = entries.get(keyOf(id));
      if (!entry) {
        throw invalidArgument('The referenced transaction has expired or is no longer valid.');
      }
      clearTimeout(entry.timer);
      const remaining = entry.startedAt + totalLimit - Date.now();
      const { transaction } = entry;
      entry.timer = setTimeout(() => end(transaction), Math.min(idleLimit, remaining)).unref();
      return transaction;
    },
    end,
    endAll() {
      for (const { transaction } of [...entries.values()]) end(transaction);
    },
    endKey: (transaction) => `end-of-transaction:${keyOf(transaction.id)}`,
    disturbedBy(documents, owner) {
      const others = [...entries.values()].map(({ transaction }) => transaction);
      return others.filter(
        (other) =>
          other.owner !== owner &&
          !other.owner.doomed &&
          other.queries.some((query) => documents.some((document) => isResult(document, query))),
      );
    },
  };

  function end(transaction: Transaction): void {
    const key = keyOf(transaction.id);
    clearTimeout(entries.get(key)?.timer);
    entries.delete(key);
    locks.retire(transaction.owner);
  }
}

function keyOf(id: Uint8Array): string {
  return Buffer.from(id).toString('hex');
}
