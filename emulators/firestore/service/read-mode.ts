import type { Database, ReadMode } from '../engine/database.ts';
import type { Transaction } from '../engine/transactions.ts';
import type { WireTimestamp, WireTransactionOptions } from '../wire/messages.ts';
import { decodeBytes, decodeTimestamp } from '../wire/values.ts';

/** The part of a read request that says what moment it sees. At most one of them is set. */
export interface ConsistencySelector {
  readonly transaction?: Uint8Array | string | null;
  readonly newTransaction?: WireTransactionOptions | null;
  readonly readTime?: WireTimestamp | null;
}

/**
 * Runs a read in the moment that its request asks for. A transaction that the request starts is
 * handed over too, and is ended when the read fails.
 */
export async function readWith<T>(
  database: Database,
  selector: ConsistencySelector,
  read: (mode: ReadMode, started: Transaction | undefined) => Promise<T>,
): Promise<T> {
  if (selector.newTransaction) {
    const transaction = beginTransaction(database, selector.newTransaction);
    try {
      return await read({ kind: 'transaction', transaction }, transaction);
    } catch (error) {
      database.transactions.end(transaction);
      throw error;
    }
  }
  return read(existingMode(database, selector), undefined);
}

function existingMode(database: Database, selector: ConsistencySelector): ReadMode {
  if (selector.transaction?.length) {
    const transaction = database.transactions.get(decodeBytes(selector.transaction));
    return { kind: 'transaction', transaction };
  }
  if (selector.readTime) return { kind: 'asOf', time: decodeTimestamp(selector.readTime) };
  return { kind: 'latest' };
}

/** A read-only transaction sees the moment it asks for, or the one at which it starts. */
export function beginTransaction(
  database: Database,
  options: WireTransactionOptions | null | undefined,
): Transaction {
  if (!options?.readOnly) return database.transactions.begin();
  const { readTime } = options.readOnly;
  if (!readTime) return database.transactions.begin(database.now());
  const time = decodeTimestamp(readTime);
  database.snapshot(time);
  return database.transactions.begin(time);
}
