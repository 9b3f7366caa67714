import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Harness, NAMESPACE } from './harness.ts';

type Kind = 'created' | 'updated' | 'deleted' | 'written';

export function registerTriggerTests(harness: Harness): void {
  /** Registers a trigger as firebase-tools does, and gives the key that its events come under. */
  async function register(
    path: string,
    kind: Kind,
    { namespacePattern = '*', id = randomUUID().slice(0, 8), generation = 0 } = {},
  ): Promise<string> {
    const key = `us-central1-${id}-${generation}`;
    const answer = await harness.rest(`.settings/functionTriggers.json`, {
      method: 'POST',
      json: {
        name: `projects/demo-conformance/locations/us-central1/triggers/${key}`,
        path,
        event: `google.firebase.database.ref.v1.${kind}`,
        topic: `projects/demo-conformance/topics/${key}`,
        namespacePattern,
      },
    });
    expect(answer.status).toBe(200);
    return key;
  }

  describe.concurrent('triggers', () => {
    test('are told what was created, updated and deleted, each kind to its own', async () => {
      const path = harness.newPath();
      const [created, updated, deleted, written] = await Promise.all([
        register(`${path}/{id}`, 'created'),
        register(`${path}/{id}`, 'updated'),
        register(`${path}/{id}`, 'deleted'),
        register(`${path}/{id}`, 'written'),
      ]);
      const ref = harness.connect().ref(path).child('call1');
      await ref.set({ status: 'ACTIVE', facts: { a: 1, b: 2 }, list: ['x'] });
      await ref.update({ status: 'ENDED', 'facts/b': null, 'facts/c': 3 });
      await ref.remove();

      const first = { status: 'ACTIVE', facts: { a: 1, b: 2 }, list: { 0: 'x' } };
      const second = { status: 'ENDED', facts: { a: 1, c: 3 }, list: { 0: 'x' } };
      const delta = { status: 'ENDED', facts: { b: null, c: 3 } };
      const all = await harness.functions.events(written, 3);
      expect(all.map(({ data }) => [data.data, data.delta])).toEqual(
        expect.arrayContaining([
          [null, first],
          [first, delta],
          [second, null],
        ]),
      );
      expect(await harness.functions.events(created, 1)).toMatchObject([
        { data: { data: null, delta: first } },
      ]);
      expect(await harness.functions.events(updated, 1)).toMatchObject([
        { data: { data: first, delta } },
      ]);
      expect(await harness.functions.events(deleted, 1)).toMatchObject([
        { data: { data: second, delta: null } },
      ]);
    });

    test('get a cloud event that firebase-functions understands', async () => {
      const path = harness.newPath();
      const key = await register(`${path}/{id}/status`, 'written');
      await harness.connect().ref(path).child('c1/status').set('ENDED');
      const [event] = await harness.functions.events(key, 1);
      expect(event).toMatchObject({
        specversion: '1.0',
        type: 'google.firebase.database.ref.v1.written',
        ref: `${path}/c1/status`,
        subject: `refs/${path}/c1/status`,
        instance: NAMESPACE,
        location: 'us-central1',
        datacontenttype: 'application/json',
      });
      expect(event?.source).toMatch(new RegExp(`/instances/${NAMESPACE}$`));
      expect(event?.id).toEqual(expect.any(String));
    });

    test('hear of writes above them, once for each location that changed', async () => {
      const path = harness.newPath();
      const key = await register(`${path}/{id}/status`, 'written');
      const ref = harness.connect().ref(path);
      await ref.set({ a: { status: 1, x: 1 }, b: { status: 1 }, c: { x: 1 } });
      await ref.set({ a: { status: 1, x: 2 }, b: { status: 2 }, d: { status: 3 } });
      await ref.remove();
      const events = await harness.functions.events(key, 7);
      const told = events.map(({ ref, data }) => [ref.slice(path.length), data.data, data.delta]);
      expect(told.sort()).toEqual(
        [
          ['/a/status', null, 1],
          ['/b/status', null, 1],
          ['/b/status', 1, 2],
          ['/d/status', null, 3],
          ['/a/status', 1, null],
          ['/b/status', 2, null],
          ['/d/status', 3, null],
        ].sort(),
      );
    });

    test('hear of writes below them, once for an update of several paths', async () => {
      const path = harness.newPath();
      const ref = harness.connect().ref(path);
      await ref.set({ a: { x: 1, y: { z: 1 } } });
      const key = await register(`${path}/{id}`, 'written');
      await ref.update({ 'a/x': 2, 'a/y/z': 2 });
      await ref.child('last').set(1);
      const events = await harness.functions.events(key, 2);
      expect(events.map(({ data }) => data)).toHaveLength(2);
      expect(events.map(({ data }) => data.delta)).toContainEqual({ x: 2, y: { z: 2 } });
    });

    test('hear nothing of a write that changes nothing, and of imports', async () => {
      const path = harness.newPath();
      const key = await register(`${path}/{id}`, 'written');
      const ref = harness.connect().ref(path).child('a');
      const url = `${path}/a.json?disableTriggers=true`;
      await harness.rest(url, { method: 'PUT', json: { x: 1 } });
      await ref.set({ x: 1 });
      await ref.child('x').set(1);
      await ref.set({ x: 2 });
      const events = await harness.functions.events(key, 1);
      expect(events.map(({ data }) => data.delta)).toEqual([{ x: 2 }]);
    });

    test('hear only of the namespaces that they name', async () => {
      const path = harness.newPath();
      const [mine, other] = await Promise.all([
        register(`${path}/{id}`, 'created', { namespacePattern: NAMESPACE }),
        register(`${path}/{id}`, 'created', { namespacePattern: 'demo-other-*' }),
      ]);
      await harness.connect().ref(path).child('here').set(1);
      await harness.connect({ namespace: 'demo-other-1' }).ref(path).child('there').set(1);
      const refs = async (key: string) => {
        const events = await harness.functions.events(key, 1);
        return events.map(({ ref, instance }) => [ref.slice(path.length), instance]);
      };
      expect(await refs(mine)).toEqual([['/here', NAMESPACE]]);
      expect(await refs(other)).toEqual([['/there', 'demo-other-1']]);
    });

    test('are told of transactions and of what onDisconnect writes', async () => {
      const path = harness.newPath();
      const key = await register(`${path}/{id}`, 'created');
      const database = harness.connect();
      await database
        .ref(path)
        .child('t')
        .transaction(() => 1);
      await database.ref(path).child('d').onDisconnect().set(2);
      database.goOffline();
      const events = await harness.functions.events(key, 2);
      expect(events.map(({ data }) => data.delta).sort()).toEqual([1, 2]);
    });
  });
}
