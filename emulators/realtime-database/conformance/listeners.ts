import { randomUUID } from 'node:crypto';
import type { DataSnapshot, Query, Reference } from 'firebase-admin/database';
import { describe, expect, test } from 'vitest';
import { type Harness, readValue, valueWhere } from './harness.ts';

/** Writes down the child events of a query, as "added a", "changed b" and so on. */
function recordChildEvents(query: Query): string[] {
  const events: string[] = [];
  const record = (what: string) => (snapshot: DataSnapshot) => {
    events.push(`${what} ${snapshot.key}`);
  };
  query.on('child_added', record('added'));
  query.on('child_changed', record('changed'));
  query.on('child_removed', record('removed'));
  query.on('child_moved', record('moved'));
  return events;
}

/** Resolves when the reader's connection was told of all that the writer has written so far. */
async function settled(reader: Query, writer: Reference): Promise<void> {
  const mark = randomUUID();
  const path = `settled/${mark}`;
  await writer.root.child(path).set(mark);
  await valueWhere(reader.ref.root.child(path), (snapshot) => snapshot.val() === mark);
}

export function registerListenerTests(harness: Harness): void {
  describe.concurrent('listeners on other connections', () => {
    test('see the present value at once, then each change', async () => {
      const path = harness.newPath();
      const writer = harness.connect().ref(path);
      await writer.set(1);
      const values: unknown[] = [];
      const reader = harness.connect().ref(path);
      const last = valueWhere(reader, (snapshot) => {
        values.push(snapshot.val());
        return snapshot.val() === null;
      });
      await valueWhere(reader, (snapshot) => snapshot.val() === 1);
      await writer.set({ a: 2 });
      await writer.child('a').set(3);
      await writer.remove();
      await last;
      expect(values).toEqual([1, { a: 2 }, { a: 3 }, null]);
    });

    test('see changes above, at and below their location, and no others', async () => {
      const path = harness.newPath();
      const writer = harness.connect().ref(path);
      const reader = harness.connect().ref(path).child('a/b');
      const values: unknown[] = [];
      reader.on('value', (snapshot) => values.push(snapshot.val()));
      await readValue(reader);
      await writer.set({ a: { b: { c: 1 } } });
      await writer.child('a/b/c').set(2);
      await writer.child('a/x').set('elsewhere');
      await writer.child('y').set('elsewhere');
      await writer.update({ 'a/b': 4, z: 1 });
      await writer.child('a').remove();
      await settled(reader, writer);
      expect(values).toEqual([null, { c: 1 }, { c: 2 }, 4, null]);
    });

    test('see an update of several paths as one change', async () => {
      const path = harness.newPath();
      const writer = harness.connect().ref(path);
      const reader = harness.connect().ref(path);
      const values: unknown[] = [];
      reader.on('value', (snapshot) => values.push(snapshot.val()));
      await readValue(reader);
      await writer.update({ 'from/balance': 50, 'to/balance': 150, 'log/a/b': 'moved' });
      await writer.update({ 'from/balance': 0, 'to/balance': 200, log: null });
      await settled(reader, writer);
      expect(values).toEqual([
        null,
        { from: { balance: 50 }, to: { balance: 150 }, log: { a: { b: 'moved' } } },
        { from: { balance: 0 }, to: { balance: 200 } },
      ]);
    });

    test('of a query see an update of several children as one change', async () => {
      const path = harness.newPath();
      const writer = harness.connect().ref(path);
      const query = harness.connect().ref(path).orderByChild('height').limitToFirst(2);
      const values: unknown[] = [];
      query.on('value', (snapshot) => values.push(snapshot.val()));
      await readValue(query);
      await writer.update({ 'a/height': 2, 'b/height': 1, 'c/height': 3 });
      await writer.update({ 'a/height': 9, 'c/height': 0 });
      await settled(query, writer);
      expect(values).toEqual([
        null,
        { a: { height: 2 }, b: { height: 1 } },
        { b: { height: 1 }, c: { height: 0 } },
      ]);
    });

    test('hear of children that are added, changed, moved and removed', async () => {
      const path = harness.newPath();
      const writer = harness.connect().ref(path);
      await writer.set({ a: { height: 1 }, b: { height: 2 } });
      const query = harness.connect().ref(path).orderByChild('height');
      const events = recordChildEvents(query);
      await readValue(query);
      await writer.child('c').set({ height: 3 });
      await writer.child('b/name').set('Bo');
      await writer.child('a/height').set(9);
      await writer.child('b').remove();
      await settled(query, writer);
      expect(events).toEqual([
        'added a',
        'added b',
        'added c',
        'changed b',
        'moved a',
        'changed a',
        'removed b',
      ]);
    });

    test('of a window hear of what moves in and out', async () => {
      const path = harness.newPath();
      const writer = harness.connect().ref(path);
      await writer.set({ a: { height: 1 }, b: { height: 2 }, c: { height: 3 } });
      const query = harness.connect().ref(path).orderByChild('height').limitToLast(2);
      const events = recordChildEvents(query);
      await readValue(query);
      await writer.child('d').set({ height: 4 });
      await writer.child('d').remove();
      await writer.child('c/height').set(0);
      await settled(query, writer);
      const steps = ['added b', 'added c', 'removed b', 'added d', 'removed d', 'added b'];
      expect(events.slice(0, 6)).toEqual(steps);
      expect(events.slice(6).sort()).toEqual(['added a', 'removed c']);
    });

    test('hear no more after off()', async () => {
      const path = harness.newPath();
      const writer = harness.connect().ref(path);
      const reader = harness.connect().ref(path);
      const values: unknown[] = [];
      reader.on('value', (snapshot) => values.push(snapshot.val()));
      await readValue(reader);
      reader.off();
      await writer.set(1);
      await settled(reader, writer);
      expect(values).toEqual([null]);
    });

    test('go on after their connection was away, with what they missed', async () => {
      const path = harness.newPath();
      const writer = harness.connect().ref(path);
      await writer.set({ a: 1, b: 2 });
      const database = harness.connect();
      const ref = database.ref(path);
      const last = valueWhere(ref, (snapshot) => snapshot.child('a').val() === 3);
      await readValue(ref);
      database.goOffline();
      await writer.update({ a: 3, b: null });
      database.goOnline();
      expect((await last).val()).toEqual({ a: 3 });
    });

    test('hear their own write once, with what the server made of it', async () => {
      const ref = harness.connect().ref(harness.newPath());
      const values: unknown[] = [];
      ref.on('value', (snapshot) => values.push(snapshot.val()));
      await readValue(ref);
      await ref.set({ a: 1 });
      await ref.child('a').set(2);
      await readValue(ref);
      expect(values).toEqual([null, { a: 1 }, { a: 2 }]);
    });
  });

  describe.concurrent('onDisconnect', () => {
    test('sets, updates and removes when the connection ends, with server values', async () => {
      const path = harness.newPath();
      const database = harness.connect();
      const ref = database.ref(path);
      await ref.set({ gone: 1, kept: 2, status: { online: true, name: 'a' } });
      await ref.child('gone').onDisconnect().remove();
      await ref.child('left').onDisconnect().set({ '.sv': 'timestamp' });
      await ref.child('status').onDisconnect().update({ online: false, 'since/when': 'now' });
      expect(await readValue(ref.child('gone'))).toBe(1);
      database.goOffline();
      const reader = harness.connect().ref(path);
      const after = await valueWhere(reader, (s) => s.child('status/online').val() === false);
      expect(after.val()).toEqual({
        kept: 2,
        left: expect.any(Number),
        status: { online: false, name: 'a', since: { when: 'now' } },
      });
    });

    test('does nothing where it was cancelled', async () => {
      const path = harness.newPath();
      const database = harness.connect();
      const ref = database.ref(path);
      await ref.set({ a: { b: 1 }, c: 1 });
      await ref.child('a/b').onDisconnect().remove();
      await ref.child('c').onDisconnect().set('left');
      await ref.child('a').onDisconnect().cancel();
      database.goOffline();
      const after = await valueWhere(harness.connect().ref(path), (s) => s.child('c').val() !== 1);
      expect(after.val()).toEqual({ a: { b: 1 }, c: 'left' });
    });
  });
}
