import { expect, it } from 'vitest';
import type { AdminClient } from '../testing/admin-client.ts';

/** Listing documents and collections. */
export function listTests(client: () => AdminClient): void {
  it('listDocuments also lists missing documents with documents below them', async () => {
    const collection = client().collection();
    await collection.doc('b').set({});
    await collection.doc('a/sub/x').set({});
    await collection.doc('c/sub/y').set({});
    await collection.doc('c/sub/y').delete();
    expect((await collection.listDocuments()).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('listCollections lists the collections of a document in order', async () => {
    const ref = client().collection().doc();
    await ref.collection('notes').doc('1').set({});
    await ref.collection('messages').doc('1').set({});
    await ref.collection('passage').doc('missing').collection('deep').doc('1').set({});
    const ids = async () => (await ref.listCollections()).map(({ id }) => id);
    expect(await ids()).toEqual(['messages', 'notes', 'passage']);
    await ref.collection('notes').doc('1').delete();
    expect(await ids()).toEqual(['messages', 'passage']);
  });

  it('listCollections of the database has the top collections', async () => {
    const collection = client().collection();
    await collection.doc('a').set({});
    const ids = (await client().firestore.listCollections()).map(({ id }) => id);
    expect(ids).toContain(collection.id);
  });
}
