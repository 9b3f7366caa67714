import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirestoreServer, type FirestoreServer } from './server.ts';
import { type AdminClient, createAdminClient } from './testing/admin-client.ts';
import { listenTo } from './testing/snapshots.ts';

const FAILED_PRECONDITION = 9;

describe('a server with firestore.indexes.json', () => {
  let server: FirestoreServer;
  let client: AdminClient;

  beforeAll(async () => {
    server = createFirestoreServer({
      indexes: {
        indexes: [
          {
            collectionGroup: 'calls',
            queryScope: 'COLLECTION',
            fields: [
              { fieldPath: 'company_id', order: 'ASCENDING' },
              { fieldPath: 'started_at', order: 'DESCENDING' },
            ],
          },
        ],
        fieldOverrides: [{ collectionGroup: 'conversations', fieldPath: 'messages', indexes: [] }],
      },
    });
    await server.start();
    client = createAdminClient(`${server.host}:${server.port}`);
  });

  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  const calls = () => client.firestore.collection('calls').where('company_id', '==', 'c1');

  it('serves a query that it covers', async () => {
    await client.firestore.doc('calls/a').set({ company_id: 'c1', started_at: 1 });
    expect((await calls().orderBy('started_at', 'desc').get()).size).toBe(1);
  });

  it('refuses another at once, with the JSON to add', async () => {
    const query = calls().orderBy('urgency');
    const index =
      '{"collectionGroup":"calls","queryScope":"COLLECTION","fields":[{"fieldPath":"company_id","order":"ASCENDING"},{"fieldPath":"urgency","order":"ASCENDING"}]}';
    await expect(query.get()).rejects.toMatchObject({
      code: FAILED_PRECONDITION,
      details: expect.stringContaining(index),
    });
    await expect(query.count().get()).rejects.toMatchObject({ code: FAILED_PRECONDITION });
  });

  it('refuses it in transactions and to listeners too', async () => {
    const query = calls().orderBy('urgency');
    const transaction = client.firestore.runTransaction((each) => each.get(query));
    await expect(transaction).rejects.toMatchObject({ code: FAILED_PRECONDITION });
    const snapshots = listenTo(query);
    await expect(snapshots.next()).rejects.toThrow(/requires an index/);
    snapshots.stop();
  });

  it('refuses queries on a field that an override exempts', async () => {
    const query = client.firestore
      .collection('conversations')
      .where('messages', 'array-contains', 1);
    await expect(query.get()).rejects.toMatchObject({ code: FAILED_PRECONDITION });
  });

  it('deletes recursively without any index', async () => {
    const ref = client.collection().doc('a');
    await ref.collection('b').doc('c').set({});
    await client.firestore.recursiveDelete(ref);
    expect((await ref.collection('b').doc('c').get()).exists).toBe(false);
  });
});

describe('a malformed firestore.indexes.json', () => {
  it('is refused when the server is made', () => {
    const indexes = { indexes: [{ fields: [] }] } as never;
    expect(() => createFirestoreServer({ indexes })).toThrow(/firestore\.indexes\.json/);
  });
});
