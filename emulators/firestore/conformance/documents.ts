import { FieldPath, GeoPoint, Timestamp } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import type { AdminClient } from '../testing/admin-client.ts';

/** Reading single documents, and the values that they hold. */
export function documentTests(client: () => AdminClient): void {
  it('a document comes back as it was written', async () => {
    const ref = client().collection().doc();
    const data = {
      text: 'Gas leak in hall 3, ü, 日本, 🔥',
      empty: '',
      integer: 42,
      zero: 0,
      negative: -7,
      fraction: 0.1,
      tiny: Number.MIN_VALUE,
      infinite: Number.POSITIVE_INFINITY,
      yes: true,
      no: false,
      nothing: null,
      time: Timestamp.fromMillis(1_759_568_400_123),
      beforeEpoch: new Timestamp(-5, 1000),
      bytes: Buffer.from([0, 255, 128]),
      point: new GeoPoint(18.52, 73.85),
      reference: ref,
      list: [1, 'two', null, { three: [3] }],
      emptyList: [],
      map: { nested: { deeper: 'x' }, 'with.dot': 1, 'with `tick': 2 },
      emptyMap: {},
    };
    await ref.set(data);
    const snapshot = await ref.get();
    expect(snapshot.exists).toBe(true);
    const { reference, ...values } = snapshot.data() ?? {};
    const { reference: _, ...expected } = data;
    expect(values).toEqual(expected);
    expect(reference.path).toBe(ref.path);
  });

  it('NaN and minus zero keep their identity', async () => {
    const ref = client().collection().doc();
    await ref.set({ notANumber: Number.NaN, minusZero: -0 });
    const data = (await ref.get()).data();
    expect(data?.notANumber).toBeNaN();
    expect(data?.minusZero).toBe(-0);
  });

  it('a missing document does not exist, and has a read time', async () => {
    const snapshot = await client().collection().doc('missing').get();
    expect(snapshot.exists).toBe(false);
    expect(snapshot.data()).toBeUndefined();
    expect(snapshot.readTime).toBeInstanceOf(Timestamp);
  });

  it('creation and update times follow the writes', async () => {
    const ref = client().collection().doc();
    const first = await ref.set({ n: 1 });
    const second = await ref.set({ n: 2 });
    const snapshot = await ref.get();
    expect(snapshot.createTime?.isEqual(first.writeTime)).toBe(true);
    expect(snapshot.updateTime?.isEqual(second.writeTime)).toBe(true);
    expect(second.writeTime.valueOf() > first.writeTime.valueOf()).toBe(true);
  });

  it('a write that changes nothing keeps the update time', async () => {
    const ref = client().collection().doc();
    await ref.set({ n: 1 });
    const before = await ref.get();
    await ref.set({ n: 1 });
    const after = await ref.get();
    expect(after.updateTime?.isEqual(before.updateTime as Timestamp)).toBe(true);
  });

  it('getAll answers in the order of the question, also for missing and repeated ones', async () => {
    const { firestore } = client();
    const collection = client().collection();
    await collection.doc('a').set({ n: 1 });
    await collection.doc('b').set({ n: 2 });
    const refs = ['b', 'missing', 'a', 'b'].map((id) => collection.doc(id));
    const snapshots = await firestore.getAll(...refs);
    expect(snapshots.map(({ id, exists }) => [id, exists])).toEqual([
      ['b', true],
      ['missing', false],
      ['a', true],
      ['b', true],
    ]);
  });

  it('getAll with a field mask returns these fields only', async () => {
    const { firestore } = client();
    const ref = client().collection().doc();
    await ref.set({ a: 1, b: { c: 2, d: 3 }, 'e.f': 4 });
    const fieldMask = ['a', 'b.c', new FieldPath('e.f')];
    const [snapshot] = await firestore.getAll(ref, { fieldMask });
    expect(snapshot?.data()).toEqual({ a: 1, b: { c: 2 }, 'e.f': 4 });
  });

  it('documents in subcollections are documents of their own', async () => {
    const parent = client().collection().doc('parent');
    const child = parent.collection('messages').doc('m1');
    await child.set({ text: 'help' });
    expect((await parent.get()).exists).toBe(false);
    expect((await child.get()).data()).toEqual({ text: 'help' });
  });

  it('reserved document ids are refused', async () => {
    await expect(client().collection().doc('__secret__').set({ a: 1 })).rejects.toMatchObject({
      code: 3,
    });
  });

  it('reserved field names are refused', async () => {
    await expect(client().collection().doc().set({ __secret__: 1 })).rejects.toMatchObject({
      code: 3,
    });
  });

  it('a document over 1 MiB is refused, one just below is kept', async () => {
    const ref = client().collection().doc('big');
    await ref.set({ text: 'x'.repeat(1_048_000) });
    await expect(ref.set({ text: 'x'.repeat(1_048_576) })).rejects.toMatchObject({ code: 3 });
    expect((await ref.get()).get('text')).toHaveLength(1_048_000);
  });
}
