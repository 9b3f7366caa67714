import { FieldValue, Timestamp } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import type { AdminClient } from '../testing/admin-client.ts';

const ALREADY_EXISTS = 6;
const NOT_FOUND = 5;
const FAILED_PRECONDITION = 9;

/** Writes, transforms, preconditions, batches and the bulk writer. */
export function writeTests(client: () => AdminClient): void {
  it('set replaces, merge adds, mergeFields picks', async () => {
    const ref = client().collection().doc();
    await ref.set({ a: 1, b: { c: 2 } });
    await ref.set({ b: { d: 3 }, e: 4 }, { merge: true });
    expect((await ref.get()).data()).toEqual({ a: 1, b: { c: 2, d: 3 }, e: 4 });
    await ref.set({ a: 9, b: { c: 8 }, e: 7 }, { mergeFields: ['b.c'] });
    expect((await ref.get()).data()).toEqual({ a: 1, b: { c: 8, d: 3 }, e: 4 });
    await ref.set({ only: true });
    expect((await ref.get()).data()).toEqual({ only: true });
  });

  it('merging an empty map creates the document', async () => {
    const ref = client().collection().doc();
    await ref.set({}, { merge: true });
    expect((await ref.get()).data()).toEqual({});
  });

  it('update changes named fields only, and deletes fields', async () => {
    const ref = client().collection().doc();
    await ref.set({ a: 1, b: { c: 2, d: 3 }, e: 4 });
    await ref.update({ 'b.c': 5, e: FieldValue.delete(), f: [1] });
    expect((await ref.get()).data()).toEqual({ a: 1, b: { c: 5, d: 3 }, f: [1] });
  });

  it('update of a missing document fails', async () => {
    const update = client().collection().doc().update({ a: 1 });
    await expect(update).rejects.toMatchObject({ code: NOT_FOUND });
  });

  it('create succeeds once', async () => {
    const ref = client().collection().doc();
    await ref.create({ first: true });
    await expect(ref.create({ second: true })).rejects.toMatchObject({ code: ALREADY_EXISTS });
    expect((await ref.get()).data()).toEqual({ first: true });
  });

  it('update and delete with lastUpdateTime need exactly that version', async () => {
    const ref = client().collection().doc();
    const { writeTime } = await ref.set({ n: 1 });
    await ref.update({ n: 2 }, { lastUpdateTime: writeTime });
    await expect(ref.update({ n: 3 }, { lastUpdateTime: writeTime })).rejects.toMatchObject({
      code: FAILED_PRECONDITION,
    });
    await expect(ref.delete({ lastUpdateTime: writeTime })).rejects.toMatchObject({
      code: FAILED_PRECONDITION,
    });
    expect((await ref.get()).data()).toEqual({ n: 2 });
  });

  it('delete is quiet about a missing document unless it must exist', async () => {
    const ref = client().collection().doc();
    await ref.delete();
    await expect(ref.delete({ exists: true })).rejects.toMatchObject({ code: NOT_FOUND });
  });

  it('server timestamps are the same everywhere in one commit', async () => {
    const { firestore } = client();
    const collection = client().collection();
    const batch = firestore.batch();
    batch.set(collection.doc('a'), { at: FieldValue.serverTimestamp() });
    batch.set(collection.doc('b'), { deep: { at: FieldValue.serverTimestamp() } });
    await batch.commit();
    const [a, b] = await firestore.getAll(collection.doc('a'), collection.doc('b'));
    expect(a?.get('at')).toBeInstanceOf(Timestamp);
    expect(a?.get('at').isEqual(b?.get('deep.at'))).toBe(true);
  });

  it('increments add up, keep integers, and begin at missing or other values', async () => {
    const ref = client().collection().doc();
    await ref.set({ count: 1, text: 'x', ratio: 0.5 });
    await ref.update({
      count: FieldValue.increment(2),
      missing: FieldValue.increment(-3),
      text: FieldValue.increment(4),
      ratio: FieldValue.increment(1),
    });
    expect((await ref.get()).data()).toEqual({ count: 3, missing: -3, text: 4, ratio: 1.5 });
  });

  it('concurrent increments are all counted', async () => {
    const ref = client().collection().doc();
    await ref.set({ count: 0 });
    const add = () => ref.update({ count: FieldValue.increment(1) });
    await Promise.all(Array.from({ length: 30 }, add));
    expect((await ref.get()).get('count')).toBe(30);
  });

  it('arrayUnion adds what is missing, arrayRemove removes all that is equal', async () => {
    const ref = client().collection().doc();
    await ref.set({ tags: ['a', 1, { x: 1 }, 'a'], other: 'text' });
    await ref.update({
      tags: FieldValue.arrayUnion('a', { x: 1 }, 'b', 'b'),
      other: FieldValue.arrayUnion(1),
    });
    expect((await ref.get()).data()).toEqual({ tags: ['a', 1, { x: 1 }, 'a', 'b'], other: [1] });
    await ref.update({ tags: FieldValue.arrayRemove('a', { x: 1 }, 'none') });
    expect((await ref.get()).get('tags')).toEqual([1, 'b']);
  });

  it('a batch is applied in order, and whole or not at all', async () => {
    const { firestore } = client();
    const collection = client().collection();
    const good = firestore.batch();
    good.set(collection.doc('a'), { n: 1 });
    good.update(collection.doc('a'), { n: FieldValue.increment(1) });
    good.delete(collection.doc('b'));
    const results = await good.commit();
    expect(results).toHaveLength(3);
    expect((await collection.doc('a').get()).data()).toEqual({ n: 2 });

    const bad = firestore.batch();
    bad.set(collection.doc('c'), { n: 1 });
    bad.create(collection.doc('a'), {});
    await expect(bad.commit()).rejects.toMatchObject({ code: ALREADY_EXISTS });
    expect((await collection.doc('c').get()).exists).toBe(false);
  });

  it('the bulk writer writes much, and each write fails on its own', async () => {
    const { firestore } = client();
    const collection = client().collection();
    await collection.doc('taken').set({ n: -1 });
    const writer = firestore.bulkWriter({ throttling: false });
    writer.onWriteError(() => false);
    const failure = writer.create(collection.doc('taken'), { n: 0 }).then(
      () => undefined,
      (error: { code: number }) => error.code,
    );
    for (let n = 0; n < 100; n++) void writer.set(collection.doc(`d${n}`), { n });
    await writer.close();
    expect(await failure).toBe(ALREADY_EXISTS);
    expect((await collection.get()).size).toBe(101);
  });

  it('recursive delete removes a document and all below it, and nothing beside it', async () => {
    const { firestore } = client();
    const collection = client().collection();
    await collection.doc('a').set({});
    await collection.doc('a/x/1').set({});
    await collection.doc('a/x/1/y/2').set({});
    await collection.doc('ab').set({});
    await firestore.recursiveDelete(collection.doc('a'));
    expect((await collection.doc('a/x/1/y/2').get()).exists).toBe(false);
    expect((await collection.get()).docs.map(({ id }) => id)).toEqual(['ab']);
    await firestore.recursiveDelete(collection);
    expect((await collection.get()).empty).toBe(true);
  });
}
