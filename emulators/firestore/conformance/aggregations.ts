import { AggregateField } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import type { AdminClient } from '../testing/admin-client.ts';

/** Count, sum and average. */
export function aggregationTests(client: () => AdminClient): void {
  async function filled(documents: object[]) {
    const collection = client().collection();
    const batch = client().firestore.batch();
    for (const data of documents) batch.set(collection.doc(), data);
    await batch.commit();
    return collection;
  }

  it('counts the results of a query, within its limit', async () => {
    const collection = await filled([{ n: 1 }, { n: 2 }, { n: 3 }, {}]);
    const count = async (query: FirebaseFirestore.Query) =>
      (await query.count().get()).data().count;
    expect(await count(collection)).toBe(4);
    expect(await count(collection.where('n', '>', 1))).toBe(2);
    expect(await count(collection.orderBy('n'))).toBe(3);
    expect(await count(collection.limit(2))).toBe(2);
    expect(await count(client().collection())).toBe(0);
  });

  it('sums and averages numbers and passes over other values', async () => {
    const collection = await filled([{ n: 1 }, { n: 2.5 }, { n: 'x' }, { n: null }]);
    const result = await collection
      .aggregate({ sum: AggregateField.sum('n'), average: AggregateField.average('n') })
      .get();
    expect(result.data()).toEqual({ sum: 3.5, average: 1.75 });
  });

  it('the sum of nothing is zero and its average is null', async () => {
    const result = await client()
      .collection()
      .aggregate({ sum: AggregateField.sum('n'), average: AggregateField.average('n') })
      .get();
    expect(result.data()).toEqual({ sum: 0, average: null });
  });

  it('NaN makes the sum NaN', async () => {
    const collection = await filled([{ n: 1 }, { n: Number.NaN }]);
    const result = await collection.aggregate({ sum: AggregateField.sum('n') }).get();
    expect(result.data().sum).toBeNaN();
  });

  it('a count beside a sum counts documents that have the field', async () => {
    const collection = await filled([{ n: 1 }, { n: 2 }, { other: 3 }]);
    const result = await collection
      .aggregate({ count: AggregateField.count(), sum: AggregateField.sum('n') })
      .get();
    expect(result.data()).toEqual({ count: 2, sum: 3 });
  });
}
