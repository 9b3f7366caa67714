import { Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirestoreServer, type FirestoreServer } from './server.ts';
import { type AdminClient, createAdminClient } from './testing/admin-client.ts';
import { listenTo } from './testing/snapshots.ts';

describe('the saved state', () => {
  let server: FirestoreServer;
  let client: AdminClient;

  beforeAll(async () => {
    server = createFirestoreServer();
    await server.start();
    client = createAdminClient(`${server.host}:${server.port}`);
  });

  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  it('brings back every document with its times, after a way through JSON', async () => {
    const ref = client.collection().doc();
    const data = {
      n: Number.NaN,
      at: Timestamp.fromMillis(5),
      bytes: Buffer.from([1, 2]),
      deep: { a: [null] },
    };
    await ref.set({});
    await ref.set(data);
    await ref.collection('sub').doc('x').set({ ref });
    const before = await ref.get();
    const state: unknown = JSON.parse(JSON.stringify(server.exportState()));
    await ref.delete();
    await client.firestore.doc('later/one').set({});
    server.importState(state);
    const after = await ref.get();
    expect(after.data()).toEqual(data);
    expect([after.createTime, after.updateTime]).toEqual([before.createTime, before.updateTime]);
    expect((await ref.collection('sub').doc('x').get()).get('ref').path).toBe(ref.path);
    expect((await client.firestore.doc('later/one').get()).exists).toBe(false);
  });

  it('reaches those who listen', async () => {
    const collection = client.collection();
    const state = server.exportState();
    const snapshots = listenTo(collection);
    await snapshots.next();
    await collection.doc('a').set({});
    await snapshots.next();
    server.importState(state);
    expect((await snapshots.next()).empty).toBe(true);
    snapshots.stop();
  });

  it.each([
    ['another version', { version: 2, databases: {} }],
    ['no databases', { version: 1 }],
    [
      'a document of another database',
      {
        version: 1,
        databases: {
          'projects/p/databases/d': [
            {
              name: 'projects/q/databases/d/documents/a/b',
              fields: {},
              createTime: '2025-01-01T00:00:00.000000000Z',
              updateTime: '2025-01-01T00:00:00.000000000Z',
            },
          ],
        },
      },
    ],
    ['text', 'state'],
  ])('is refused, and nothing changes: %s', async (_, state) => {
    const ref = client.collection().doc();
    await ref.set({ kept: true });
    expect(() => server.importState(state)).toThrow();
    expect((await ref.get()).exists).toBe(true);
  });
});
