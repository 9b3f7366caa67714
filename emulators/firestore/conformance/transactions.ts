import { expect, it } from 'vitest';
import type { AdminClient } from '../testing/admin-client.ts';

/** Transactions, alone and in contention. */
export function transactionTests(client: () => AdminClient): void {
  it('a transaction reads, writes, and returns its result', async () => {
    const { firestore } = client();
    const ref = client().collection().doc();
    await ref.set({ n: 1 });
    const result = await firestore.runTransaction(async (transaction) => {
      const n = (await transaction.get(ref)).get('n') + 1;
      transaction.update(ref, { n });
      return n;
    });
    expect(result).toBe(2);
    expect((await ref.get()).get('n')).toBe(2);
  });

  it('a transaction that throws writes nothing, and leaves its documents free', async () => {
    const { firestore } = client();
    const ref = client().collection().doc();
    await ref.set({ n: 1 });
    const failing = firestore.runTransaction(async (transaction) => {
      await transaction.get(ref);
      transaction.update(ref, { n: 2 });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await ref.update({ other: true });
    expect((await ref.get()).data()).toEqual({ n: 1, other: true });
  });

  it.for([10, 30])('%i transactions that add to one document all succeed', async (count) => {
    const { firestore } = client();
    const ref = client().collection().doc();
    await ref.set({ n: 0 });
    const add = () =>
      firestore.runTransaction(async (transaction) => {
        const snapshot = await transaction.get(ref);
        transaction.update(ref, { n: snapshot.get('n') + 1 });
      });
    await Promise.all(Array.from({ length: count }, add));
    expect((await ref.get()).get('n')).toBe(count);
  });

  it('transactions that lock the same documents in opposite order all succeed', async () => {
    const { firestore } = client();
    const collection = client().collection();
    const [a, b] = [collection.doc('a'), collection.doc('b')];
    await a.set({ n: 0 });
    await b.set({ n: 0 });
    const move = (from: typeof a, to: typeof a) =>
      firestore.runTransaction(async (transaction) => {
        const first = await transaction.get(from);
        const second = await transaction.get(to);
        transaction.update(from, { n: first.get('n') - 1 });
        transaction.update(to, { n: second.get('n') + 1 });
      });
    await Promise.all([move(a, b), move(b, a), move(a, b), move(b, a), move(a, b)]);
    expect([(await a.get()).get('n'), (await b.get()).get('n')]).toEqual([-1, 1]);
  });

  it('create-if-absent in ten transactions creates once', async () => {
    const { firestore } = client();
    const ref = client().collection().doc();
    const attempt = (n: number) =>
      firestore.runTransaction(async (transaction) => {
        const snapshot = await transaction.get(ref);
        if (snapshot.exists) return false;
        transaction.create(ref, { n });
        return true;
      });
    const results = await Promise.all(Array.from({ length: 10 }, (_, n) => attempt(n)));
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('transactions that query and then add see each other', async () => {
    const { firestore } = client();
    const collection = client().collection();
    const attempt = () =>
      firestore.runTransaction(async (transaction) => {
        const open = await transaction.get(collection.where('open', '==', true));
        if (open.empty) transaction.create(collection.doc(), { open: true });
      });
    await Promise.all(Array.from({ length: 5 }, attempt));
    expect((await collection.get()).size).toBe(1);
  });

  it('getAll, queries and aggregates read within a transaction', async () => {
    const { firestore } = client();
    const collection = client().collection();
    await collection.doc('a').set({ n: 1 });
    await collection.doc('b').set({ n: 2 });
    const seen = await firestore.runTransaction(async (transaction) => {
      const documents = await transaction.getAll(collection.doc('b'), collection.doc('missing'));
      const query = await transaction.get(collection.orderBy('n'));
      const count = await transaction.get(collection.count());
      transaction.set(collection.doc('c'), { n: 3 });
      return [documents.map(({ exists }) => exists), query.size, count.data().count];
    });
    expect(seen).toEqual([[true, false], 2, 2]);
    expect((await collection.get()).size).toBe(3);
  });

  it('a transaction may begin with a query without results', async () => {
    const { firestore } = client();
    const collection = client().collection();
    await firestore.runTransaction(async (transaction) => {
      const { empty } = await transaction.get(collection);
      transaction.set(collection.doc('a'), { empty });
    });
    expect((await collection.doc('a').get()).data()).toEqual({ empty: true });
  });

  it('parallel reads in one transaction are fine', async () => {
    const { firestore } = client();
    const collection = client().collection();
    const sum = await firestore.runTransaction(async (transaction) => {
      const reads = ['a', 'b', 'a'].map((id) => transaction.get(collection.doc(id)));
      return (await Promise.all(reads)).length;
    });
    expect(sum).toBe(3);
  });

  it('a failed precondition inside a transaction fails it without retries', async () => {
    const { firestore } = client();
    const ref = client().collection().doc();
    await ref.set({});
    let attempts = 0;
    const failing = firestore.runTransaction(async (transaction) => {
      attempts++;
      await transaction.get(ref);
      transaction.create(ref, {});
    });
    await expect(failing).rejects.toMatchObject({ code: 6 });
    expect(attempts).toBe(1);
  });

  it('a read-only transaction sees one moment, whatever happens meanwhile', async () => {
    const { firestore } = client();
    const collection = client().collection();
    const ref = collection.doc('a');
    await ref.set({ n: 1 });
    const seen = await firestore.runTransaction(
      async (transaction) => {
        const first = (await transaction.get(ref)).get('n');
        await ref.set({ n: 2 });
        await collection.doc('b').set({ n: 3 });
        const second = (await transaction.get(ref)).get('n');
        const { size } = await transaction.get(collection);
        return [first, second, size];
      },
      { readOnly: true },
    );
    expect(seen).toEqual([1, 1, 1]);
    expect((await ref.get()).get('n')).toBe(2);
  });

  it('a read-only transaction at a past time sees the past, deleted documents too', async () => {
    const { firestore } = client();
    const collection = client().collection();
    await collection.doc('a').set({ n: 1 });
    const { writeTime: readTime } = await collection.doc('b').set({ n: 1 });
    await collection.doc('a').set({ n: 2 });
    await collection.doc('b').delete();
    await collection.doc('c').set({ n: 2 });
    const seen = await firestore.runTransaction(
      async (transaction) => {
        const { docs } = await transaction.get(collection.orderBy('n'));
        return docs.map((doc) => [doc.id, doc.get('n')]);
      },
      { readOnly: true, readTime },
    );
    expect(seen).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });
}
