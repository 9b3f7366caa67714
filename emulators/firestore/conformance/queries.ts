import { FieldPath, Filter, type Query } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import type { AdminClient } from '../testing/admin-client.ts';

async function idsOf(query: Query): Promise<string[]> {
  return (await query.get()).docs.map(({ id }) => id);
}

/** Orders, cursors, limits, projections, collection groups. */
export function queryTests(client: () => AdminClient): void {
  async function filled(documents: Record<string, object>) {
    const collection = client().collection();
    const batch = client().firestore.batch();
    for (const [id, data] of Object.entries(documents)) batch.set(collection.doc(id), data);
    await batch.commit();
    return collection;
  }

  it('results come in the order of their names unless ordered otherwise', async () => {
    const collection = await filled({
      b: {},
      a: {},
      Z: {},
      '10': {},
      '9': {},
      ä: {},
      '🔥': {},
      '\uffee': {},
    });
    expect(await idsOf(collection)).toEqual(['10', '9', 'Z', 'a', 'b', 'ä', '\uffee', '🔥']);
  });

  it('values of all types have one order', async () => {
    const collection = await filled({
      map: { v: { a: 1 } },
      array: { v: [1] },
      bytes: { v: Buffer.from([1]) },
      text: { v: 'a' },
      time: { v: new Date(0) },
      two: { v: 2 },
      onePointFive: { v: 1.5 },
      one: { v: 1 },
      nan: { v: Number.NaN },
      yes: { v: true },
      no: { v: false },
      nothing: { v: null },
      missing: {},
    });
    const ascending = [
      'nothing',
      'no',
      'yes',
      'nan',
      'one',
      'onePointFive',
      'two',
      'time',
      'text',
      'bytes',
      'array',
      'map',
    ];
    expect(await idsOf(collection.orderBy('v'))).toEqual(ascending);
    expect(await idsOf(collection.orderBy('v', 'desc'))).toEqual(ascending.toReversed());
  });

  it('equal values are ordered by name, in the direction of the last order', async () => {
    const collection = await filled({ a: { n: 1 }, b: { n: 1 }, c: { n: 0 } });
    expect(await idsOf(collection.orderBy('n'))).toEqual(['c', 'a', 'b']);
    expect(await idsOf(collection.orderBy('n', 'desc'))).toEqual(['b', 'a', 'c']);
  });

  it('several orders apply one after the other', async () => {
    const collection = await filled({
      a: { x: 1, y: 1 },
      b: { x: 1, y: 2 },
      c: { x: 0, y: 3 },
      d: { x: 0 },
    });
    expect(await idsOf(collection.orderBy('x').orderBy('y', 'desc'))).toEqual(['c', 'b', 'a']);
  });

  it('limit, offset and limitToLast cut the results', async () => {
    const collection = await filled({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 }, d: { n: 4 } });
    const ordered = collection.orderBy('n');
    expect(await idsOf(ordered.limit(2))).toEqual(['a', 'b']);
    expect(await idsOf(ordered.offset(1).limit(2))).toEqual(['b', 'c']);
    expect(await idsOf(ordered.offset(3))).toEqual(['d']);
    expect(await idsOf(ordered.limitToLast(2))).toEqual(['c', 'd']);
    expect(await idsOf(ordered.endBefore(4).limitToLast(2))).toEqual(['b', 'c']);
  });

  it('cursors include or exclude their position', async () => {
    const collection = await filled({ a: { n: 1 }, b: { n: 2 }, c: { n: 2 }, d: { n: 3 } });
    const ordered = collection.orderBy('n');
    expect(await idsOf(ordered.startAt(2))).toEqual(['b', 'c', 'd']);
    expect(await idsOf(ordered.startAfter(2))).toEqual(['d']);
    expect(await idsOf(ordered.endAt(2))).toEqual(['a', 'b', 'c']);
    expect(await idsOf(ordered.endBefore(2))).toEqual(['a']);
    expect(await idsOf(collection.orderBy('n', 'desc').startAfter(3))).toEqual(['c', 'b', 'a']);
  });

  it('a snapshot as cursor pages through equal values without loss or repetition', async () => {
    const collection = await filled(
      Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`d${i}`, { n: i % 2 }])),
    );
    const seen: string[] = [];
    let page = collection.orderBy('n', 'desc').limit(3);
    for (;;) {
      const { docs } = await page.get();
      seen.push(...docs.map(({ id }) => id));
      const last = docs.at(-1);
      if (!last) break;
      page = collection.orderBy('n', 'desc').startAfter(last).limit(3);
    }
    expect(seen).toEqual(await idsOf(collection.orderBy('n', 'desc')));
    expect(new Set(seen).size).toBe(10);
  });

  it('select returns the chosen fields, or none', async () => {
    const collection = await filled({ a: { x: 1, y: { z: 2, w: 3 } } });
    expect((await collection.select('y.z').get()).docs[0]?.data()).toEqual({ y: { z: 2 } });
    const bare = (await collection.select().get()).docs[0];
    expect([bare?.id, bare?.data()]).toEqual(['a', {}]);
  });

  it('documents can be found and bounded by their names', async () => {
    const collection = await filled({ aa: {}, ab: {}, ba: {}, bb: {} });
    const id = FieldPath.documentId();
    expect(await idsOf(collection.where(id, '==', 'ab'))).toEqual(['ab']);
    expect(await idsOf(collection.where(id, 'in', ['bb', 'aa']))).toEqual(['aa', 'bb']);
    expect(await idsOf(collection.where(id, '>', 'aa').where(id, '<=', 'ba'))).toEqual([
      'ab',
      'ba',
    ]);
    expect(await idsOf(collection.where(id, 'not-in', ['aa', 'bb']))).toEqual(['ab', 'ba']);
    expect(await idsOf(collection.orderBy(id).startAt('ab').endBefore('bb'))).toEqual(['ab', 'ba']);
  });

  it('a query does not see documents of subcollections or of similar names', async () => {
    const collection = await filled({ a: {}, 'a/sub/b': {} });
    await client().firestore.doc(`${collection.id}x/other`).set({});
    expect(await idsOf(collection)).toEqual(['a']);
  });

  it('a collection group finds the collections of one id wherever they are', async () => {
    const { firestore } = client();
    const group = client().uniqueId('b');
    const root = client().collection().doc('root').path;
    const paths = [
      `${group}/one`,
      `${root}/${group}/two`,
      `${root}/${group}/two/${group}/three`,
      `${group}x/no`,
    ];
    await Promise.all(paths.map((path) => firestore.doc(path).set({ path })));
    const found = await idsOf(firestore.collectionGroup(group));
    expect(found.toSorted()).toEqual(['one', 'three', 'two']);
    const filtered = firestore.collectionGroup(group).where('path', '==', paths[1]);
    expect(await idsOf(filtered)).toEqual(['two']);
  });

  it('partitions of a collection group together cover it', async () => {
    const { firestore } = client();
    const group = client().uniqueId();
    await Promise.all([1, 2, 3].map((n) => firestore.doc(`${group}/d${n}`).set({ n })));
    const found: string[] = [];
    for await (const partition of firestore.collectionGroup(group).getPartitions(2)) {
      found.push(...(await idsOf(partition.toQuery())));
    }
    expect(found.toSorted()).toEqual(['d1', 'd2', 'd3']);
  });

  it('AND and OR nest', async () => {
    const collection = await filled({
      a: { x: 1, y: 1 },
      b: { x: 1, y: 2 },
      c: { x: 2, y: 1 },
      d: { x: 3, y: 3 },
    });
    const filter = Filter.or(
      Filter.and(Filter.where('x', '==', 1), Filter.where('y', '>', 1)),
      Filter.where('x', 'in', [2, 3]),
    );
    expect(await idsOf(collection.where(filter).orderBy('y'))).toEqual(['c', 'b', 'd']);
  });

  it('an inequality anywhere in an OR requires its field in every result', async () => {
    const collection = await filled({ a: { x: 5 }, b: { y: 1 }, c: { x: 0, y: 1 } });
    const filter = Filter.or(Filter.where('x', '>', 1), Filter.where('y', '==', 1));
    expect(await idsOf(collection.where(filter))).toEqual(['c', 'a']);
  });

  it('inequalities on several fields order by these fields', async () => {
    const collection = await filled({
      a: { x: 2, y: 1 },
      b: { x: 1, y: 2 },
      c: { x: 1, y: 1 },
      d: { x: 0, y: 0 },
    });
    expect(await idsOf(collection.where('y', '>', 0).where('x', '>', 0))).toEqual(['c', 'b', 'a']);
    const descending = collection.orderBy('x', 'desc').where('y', '>=', 0);
    expect(await idsOf(descending)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('more than 30 disjunctions are refused', async () => {
    const numbers = Array.from({ length: 16 }, (_, i) => i);
    const query = client().collection().where('a', 'in', numbers).where('b', 'in', [1, 2]);
    await expect(query.get()).rejects.toMatchObject({ code: 3 });
  });

  it('a query streams', async () => {
    const collection = await filled({ a: { n: 1 }, b: { n: 2 } });
    const ids: string[] = [];
    for await (const doc of collection.orderBy('n').stream())
      ids.push((doc as unknown as { id: string }).id);
    expect(ids).toEqual(['a', 'b']);
  });
}
