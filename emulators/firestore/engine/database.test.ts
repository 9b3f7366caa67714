import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database, type ReadMode } from './database.ts';
import { Code } from './errors.ts';
import { parseFieldPath } from './field-path.ts';
import type { Query } from './query.ts';
import type { Transaction } from './transactions.ts';
import type { Value } from './value.ts';
import type { Write } from './write.ts';

const DATABASE = 'projects/p/databases/d';
const name = (id: string) => `${DATABASE}/documents/c/${id}`;
const integer = (value: number): Value => ({ kind: 'integer', value: BigInt(value) });

function set(id: string, n: number): Write {
  return { kind: 'update', name: name(id), fields: new Map([['n', integer(n)]]), transforms: [] };
}

function within(transaction: Transaction): ReadMode {
  return { kind: 'transaction', transaction };
}

function whereN(n: number): Query {
  return {
    scope: { parent: `${DATABASE}/documents`, collectionId: 'c', allDescendants: false },
    filter: { kind: 'field', field: parseFieldPath('n'), operator: 'EQUAL', value: integer(n) },
    orders: [],
    offset: 0,
  };
}

function createScene(): Database {
  return createDatabase({ name: DATABASE });
}

/** Whether a promise is still open after everything that can run has run. */
async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  return !settled;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a transaction', () => {
  it('makes other writes of its documents wait until it ends', async () => {
    const database = createScene();
    const transaction = database.transactions.begin();
    await database.getDocuments([name('a')], within(transaction));
    const write = database.commit([set('a', 1)]);
    expect(await isWaiting(write)).toBe(true);
    await database.commit([set('a', 2)], transaction);
    await write;
    expect(database.snapshot().get(name('a'))?.fields.get('n')).toEqual(integer(1));
  });

  it('lets plain reads pass', async () => {
    const database = createScene();
    const transaction = database.transactions.begin();
    await database.getDocuments([name('a')], within(transaction));
    const { value } = await database.getDocuments([name('a')], { kind: 'latest' });
    expect(value).toEqual([undefined]);
  });

  it('that closes a circle is aborted, at once and also at its commit', async () => {
    const database = createScene();
    const [first, second] = [database.transactions.begin(), database.transactions.begin()];
    await database.getDocuments([name('a')], within(first));
    await database.getDocuments([name('b')], within(second));
    const waiting = database.getDocuments([name('b')], within(first));
    const victim = database.getDocuments([name('a')], within(second));
    await expect(victim).rejects.toMatchObject({ code: Code.ABORTED });
    await waiting;
    await expect(database.commit([set('b', 2)], second)).rejects.toMatchObject({
      code: Code.ABORTED,
    });
    await database.commit([set('a', 1), set('b', 1)], first);
    expect(database.snapshot().get(name('b'))?.fields.get('n')).toEqual(integer(1));
  });

  it('is never made the victim of a plain write', async () => {
    const database = createScene();
    const transaction = database.transactions.begin();
    await database.getDocuments([name('b')], within(transaction));
    const write = database.commit([set('a', 1), set('b', 1)]);
    expect(await isWaiting(write)).toBe(true);
    const read = database.getDocuments([name('a')], within(transaction)).then(
      () => database.commit([set('b', 2)], transaction),
      () => database.transactions.end(transaction),
    );
    await Promise.all([write, read]);
    expect(database.snapshot().get(name('a'))?.fields.get('n')).toEqual(integer(1));
  });

  it('with a query keeps others from adding to its results, and lets all else pass', async () => {
    const database = createScene();
    const transaction = database.transactions.begin();
    await database.runQuery(whereN(7), within(transaction));
    await database.commit([set('other', 1)]);
    const adding = database.commit([set('a', 7)]);
    expect(await isWaiting(adding)).toBe(true);
    const { value } = await database.runQuery(whereN(7), within(transaction));
    expect(value).toEqual([]);
    await database.commit([], transaction);
    await adding;
    expect(database.snapshot().get(name('a'))).toBeDefined();
  });

  it('locks the results of its query', async () => {
    const database = createScene();
    await database.commit([set('a', 7), set('b', 8)]);
    const transaction = database.transactions.begin();
    await database.runQuery(whereN(7), within(transaction));
    await database.commit([set('b', 9)]);
    const write = database.commit([set('a', 9)]);
    expect(await isWaiting(write)).toBe(true);
    database.transactions.end(transaction);
    await write;
  });

  it('that is read-only refuses writes and waits for nobody', async () => {
    const database = createScene();
    await database.commit([set('a', 1)]);
    const writer = database.transactions.begin();
    await database.getDocuments([name('a')], within(writer));
    const reader = database.transactions.begin(database.now());
    await database.commit([set('a', 2)], writer);
    const { value } = await database.getDocuments([name('a')], within(reader));
    expect(value[0]?.fields.get('n')).toEqual(integer(1));
    await expect(database.commit([set('a', 3)], reader)).rejects.toMatchObject({
      code: Code.INVALID_ARGUMENT,
    });
  });

  it('expires when it is idle for a minute, and then blocks nobody', async () => {
    vi.useFakeTimers();
    const database = createScene();
    const { id } = database.transactions.begin();
    await database.getDocuments([name('a')], within(database.transactions.get(id)));
    const write = database.commit([set('a', 1)]);
    vi.advanceTimersByTime(60_000);
    await write;
    expect(() => database.transactions.get(id)).toThrow(/transaction has expired/);
  });

  it('expires after 270 seconds, however busy it is', () => {
    vi.useFakeTimers();
    const database = createScene();
    const { id } = database.transactions.begin();
    for (let seconds = 30; seconds < 270; seconds += 30) {
      vi.advanceTimersByTime(30_000);
      expect(() => database.transactions.get(id)).not.toThrow();
    }
    vi.advanceTimersByTime(30_000);
    expect(() => database.transactions.get(id)).toThrow(/transaction has expired/);
  });
});

describe('a commit', () => {
  it('writes nothing once its caller has gone', async () => {
    const database = createScene();
    const transaction = database.transactions.begin();
    await database.getDocuments([name('a')], within(transaction));
    const caller = new AbortController();
    const write = database.commit([set('a', 1)], undefined, caller.signal);
    caller.abort();
    database.transactions.end(transaction);
    await expect(write).rejects.toMatchObject({ code: Code.CANCELLED });
    expect(database.snapshot().get(name('a'))).toBeUndefined();
  });

  it('that fails in its last write leaves nothing of the first', async () => {
    const database = createScene();
    const bad: Write = { ...set('b', 1), precondition: { exists: true } };
    await expect(database.commit([set('a', 1), bad])).rejects.toMatchObject({
      code: Code.NOT_FOUND,
    });
    expect(database.allDocuments()).toEqual([]);
  });

  it('tells listeners of real changes only', async () => {
    const database = createScene();
    const heard: string[][] = [];
    const stop = database.subscribe(({ changes }) => heard.push(changes.map((c) => c.name)));
    await database.commit([set('a', 1), set('b', 1), { kind: 'delete', name: name('b') }]);
    await database.commit([set('a', 1)]);
    stop();
    await database.commit([set('a', 2)]);
    expect(heard).toEqual([[name('a')]]);
  });
});
