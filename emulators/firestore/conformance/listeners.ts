import type { QuerySnapshot } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import type { AdminClient } from '../testing/admin-client.ts';
import { listenTo } from '../testing/snapshots.ts';

function changes(snapshot: QuerySnapshot): string[] {
  return snapshot.docChanges().map(({ type, doc, oldIndex, newIndex }) => {
    return `${type} ${doc.id} ${oldIndex}>${newIndex}`;
  });
}

/** Listeners on documents and on queries. */
export function listenerTests(client: () => AdminClient): void {
  it('a document listener follows creation, change and deletion', async () => {
    const ref = client().collection().doc();
    const snapshots = listenTo(ref);
    try {
      expect((await snapshots.next()).exists).toBe(false);
      await ref.set({ n: 1 });
      expect((await snapshots.next()).data()).toEqual({ n: 1 });
      await ref.update({ n: 2 });
      expect((await snapshots.next()).data()).toEqual({ n: 2 });
      await ref.delete();
      expect((await snapshots.next()).exists).toBe(false);
    } finally {
      snapshots.stop();
    }
  });

  it('a query listener tells what was added, modified and removed, and where', async () => {
    const collection = client().collection();
    await collection.doc('a').set({ n: 1 });
    const snapshots = listenTo(collection.orderBy('n'));
    try {
      expect(changes(await snapshots.next())).toEqual(['added a -1>0']);
      await collection.doc('b').set({ n: 0 });
      expect(changes(await snapshots.next())).toEqual(['added b -1>0']);
      await collection.doc('b').set({ n: 2 });
      expect(changes(await snapshots.next())).toEqual(['modified b 0>1']);
      await collection.doc('a').delete();
      expect(changes(await snapshots.next())).toEqual(['removed a 0>-1']);
    } finally {
      snapshots.stop();
    }
  });

  it('a listener on an empty query says so at once', async () => {
    const snapshots = listenTo(client().collection());
    try {
      expect((await snapshots.next()).empty).toBe(true);
    } finally {
      snapshots.stop();
    }
  });

  it('a document that no longer matches leaves the results', async () => {
    const collection = client().collection();
    await collection.doc('a').set({ status: 'ACTIVE' });
    const snapshots = listenTo(collection.where('status', '==', 'ACTIVE'));
    try {
      expect((await snapshots.next()).size).toBe(1);
      await collection.doc('a').update({ status: 'ENDED' });
      const snapshot = await snapshots.next();
      expect([snapshot.size, ...changes(snapshot)]).toEqual([0, 'removed a 0>-1']);
    } finally {
      snapshots.stop();
    }
  });

  it('a limited query fills up from behind when a result goes away', async () => {
    const collection = client().collection();
    const batch = client().firestore.batch();
    for (const n of [1, 2, 3]) batch.set(collection.doc(`d${n}`), { n });
    await batch.commit();
    const snapshots = listenTo(collection.orderBy('n').limit(2));
    try {
      expect((await snapshots.next()).docs.map(({ id }) => id)).toEqual(['d1', 'd2']);
      await collection.doc('d1').delete();
      const snapshot = await snapshots.next(({ docs }) => docs[0]?.id === 'd2');
      expect(snapshot.docs.map(({ id }) => id)).toEqual(['d2', 'd3']);
    } finally {
      snapshots.stop();
    }
  });

  it('the writes of one batch arrive in one snapshot', async () => {
    const { firestore } = client();
    const collection = client().collection();
    const snapshots = listenTo(collection);
    try {
      await snapshots.next();
      const batch = firestore.batch();
      for (const id of ['a', 'b', 'c']) batch.set(collection.doc(id), {});
      await batch.commit();
      expect((await snapshots.next()).size).toBe(3);
    } finally {
      snapshots.stop();
    }
  });

  it('a collection group listener hears of every collection', async () => {
    const { firestore } = client();
    const group = client().uniqueId();
    const snapshots = listenTo(firestore.collectionGroup(group));
    try {
      expect((await snapshots.next()).empty).toBe(true);
      await client().collection().doc('x').collection(group).doc('a').set({});
      expect((await snapshots.next()).docs.map(({ id }) => id)).toEqual(['a']);
    } finally {
      snapshots.stop();
    }
  });

  it('a listener that stopped hears nothing more', async () => {
    const ref = client().collection().doc();
    const stopped = listenTo(ref);
    const witness = listenTo(ref);
    let heard = 0;
    try {
      await Promise.all([stopped.next(), witness.next()]);
      stopped.stop();
      void stopped.next().then(() => heard++);
      await ref.set({ n: 1 });
      await witness.next();
      expect(heard).toBe(0);
    } finally {
      witness.stop();
    }
  });
}
