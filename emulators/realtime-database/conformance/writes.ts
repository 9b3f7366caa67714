import { ServerValue } from 'firebase-admin/database';
import { describe, expect, test } from 'vitest';
import { type Harness, readValue, valueWhere } from './harness.ts';

export function registerWriteTests(harness: Harness): void {
  describe.concurrent('set, update and remove', () => {
    test('what one connection sets, another reads, by once() and by get()', async () => {
      const path = harness.newPath();
      const value = {
        text: 'grüß 漢字',
        yes: true,
        no: false,
        n: -1.5,
        list: ['a', 'b'],
        o: { p: 0 },
      };
      await harness.connect().ref(path).set(value);
      const reader = harness.connect().ref(path);
      expect(await readValue(reader)).toEqual(value);
      expect((await reader.get()).val()).toEqual(value);
      expect(await readValue(reader.child('o/p'))).toBe(0);
    });

    test('nothing is stored for null, empty objects and empty lists', async () => {
      const ref = harness.connect().ref(harness.newPath());
      await ref.set({ a: 1, b: { c: null, d: {} }, e: [] });
      const snapshot = await ref.once('value');
      expect(snapshot.val()).toEqual({ a: 1 });
      expect(snapshot.hasChild('b')).toBe(false);
      expect((await ref.child('missing').get()).exists()).toBe(false);
    });

    test('a set replaces all that was there; remove takes it and its empty parents away', async () => {
      const path = harness.newPath();
      const ref = harness.connect().ref(path);
      await ref.set({ a: { b: { c: 1 } }, d: 2 });
      await ref.child('d').set({ e: 3 });
      expect(await readValue(ref)).toEqual({ a: { b: { c: 1 } }, d: { e: 3 } });
      await ref.child('a/b/c').remove();
      expect(await readValue(harness.connect().ref(path))).toEqual({ d: { e: 3 } });
    });

    test('a value gives way to children, and children to a value', async () => {
      const path = harness.newPath();
      const ref = harness.connect().ref(path);
      await ref.set('value');
      await ref.child('a/b').set(1);
      expect(await readValue(harness.connect().ref(path))).toEqual({ a: { b: 1 } });
      await ref.set('value');
      expect(await readValue(harness.connect().ref(path))).toBe('value');
    });

    test('an update changes the named children and leaves the others', async () => {
      const path = harness.newPath();
      const ref = harness.connect().ref(path);
      await ref.set({ a: 1, b: { x: 1, y: 2 }, c: 3 });
      await ref.update({ a: 5, 'b/x': 6, c: null, d: 7 });
      expect(await readValue(harness.connect().ref(path))).toEqual({
        a: 5,
        b: { x: 6, y: 2 },
        d: 7,
      });
    });

    test('push makes keys that sort in the order of their making', async () => {
      const ref = harness.connect().ref(harness.newPath());
      const pushed = [ref.push(1), ref.push(2), ref.push(3)];
      await Promise.all(pushed);
      expect(Object.keys((await readValue(ref)) as object)).toEqual(pushed.map(({ key }) => key));
    });

    test('5,000 pushes at once all arrive, seen by a listener of the last ten', async () => {
      const path = harness.newPath();
      const ref = harness.connect().ref(path);
      const lastOnes = harness.connect().ref(path).limitToLast(10);
      const numbers = Array.from({ length: 5000 }, (_, index) => index);
      const seen = valueWhere(lastOnes, (snapshot) => {
        const values = Object.values<number>(snapshot.val() ?? {});
        return values.length === 10 && values.at(-1) === 4999;
      });
      await Promise.all(numbers.map((number) => ref.push(number)));
      expect(Object.values((await seen).val())).toEqual(numbers.slice(-10));
      const stored = (await (await harness.rest(`${path}.json`)).json()) as object;
      expect(Object.values(stored)).toEqual(numbers);
    });

    test('a value of a megabyte crosses many frames, both ways', async () => {
      const path = harness.newPath();
      const text = 'Grüße, 漢字! '.repeat(60_000);
      await harness.connect().ref(path).set({ text, after: 1 });
      expect(await readValue(harness.connect().ref(path))).toEqual({ text, after: 1 });
    });
  });

  describe.concurrent('server values', () => {
    test('timestamps of one update are one time, of the server', async () => {
      const ref = harness.connect().ref(harness.newPath());
      const before = Date.parse('2020-01-01');
      const TIMESTAMP = ServerValue.TIMESTAMP;
      await ref.update({ 'a/at': TIMESTAMP, 'b/at': TIMESTAMP, c: { deep: { at: TIMESTAMP } } });
      const { a, b, c } = (await readValue(ref)) as Record<
        string,
        { at: number; deep: { at: number } }
      >;
      expect(a?.at).toBeGreaterThan(before);
      expect(b?.at).toBe(a?.at);
      expect(c?.deep.at).toBe(a?.at);
    });

    test('increments of many connections add up, from nothing', async () => {
      const path = harness.newPath();
      const refs = Array.from({ length: 5 }, () => harness.connect().ref(path));
      const increments = refs.flatMap((ref) =>
        Array.from({ length: 10 }, () => ref.update({ count: ServerValue.increment(2) })),
      );
      await Promise.all(increments);
      expect(await readValue(harness.connect().ref(path))).toEqual({ count: 100 });
    });

    test('an increment of what is no number starts anew', async () => {
      const ref = harness.connect().ref(harness.newPath());
      await ref.set('text');
      await ref.set(ServerValue.increment(3));
      expect(await readValue(ref)).toBe(3);
    });
  });

  describe.concurrent('transactions', () => {
    test('of ten connections on one value all take effect', async () => {
      const path = harness.newPath();
      const results = await Promise.all(
        Array.from({ length: 10 }, () =>
          harness
            .connect()
            .ref(path)
            .transaction((count) => (count ?? 0) + 1),
        ),
      );
      expect(results.every((result) => result.committed)).toBe(true);
      const counts = results.map((result) => result.snapshot.val() as number);
      expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await readValue(harness.connect().ref(path))).toBe(10);
    });

    test('compare all that can be stored: text, numbers, lists, priorities', async () => {
      const path = harness.newPath();
      const value = {
        text: 'ümläut 漢字 😀 "quoted" \\ \n',
        numbers: {
          zero: 0,
          tiny: 5e-324,
          huge: 1.7e308,
          time: 1_795_184_403_068,
          negative: -2.5,
          third: 1 / 3,
        },
        flags: { yes: true, no: false },
        10: 'ten',
        9: 'nine',
        first: { '.value': 1, '.priority': 'a' },
        second: { x: 1, '.priority': 2 },
      };
      await harness.connect().ref(path).set(value);
      const { committed, snapshot } = await harness
        .connect()
        .ref(path)
        .transaction((current) => current && { ...current, added: 1 });
      expect(committed).toBe(true);
      expect(snapshot.child('added').val()).toBe(1);
    });

    test('that give up change nothing', async () => {
      const ref = harness.connect().ref(harness.newPath());
      await ref.set(5);
      const result = await ref.transaction(() => undefined);
      expect(result.committed).toBe(false);
      expect(await readValue(ref)).toBe(5);
    });

    test('can remove, and can create only where nothing is', async () => {
      const path = harness.newPath();
      await harness.connect().ref(path).set({ a: 1 });
      const removal = await harness
        .connect()
        .ref(path)
        .transaction(() => null);
      expect(removal.committed).toBe(true);
      const create = (name: string) =>
        harness
          .connect()
          .ref(path)
          .transaction((current) => (current === null ? name : undefined));
      const results = await Promise.all(['a', 'b', 'c', 'd'].map(create));
      expect(results.filter((result) => result.committed)).toHaveLength(1);
    });
  });

  describe.concurrent('priorities', () => {
    test('are stored with a value, can be changed alone, and order a list', async () => {
      const path = harness.newPath();
      const ref = harness.connect().ref(path);
      await ref.child('a').setWithPriority(1, 20);
      await ref.child('b').setWithPriority({ x: 1 }, 10);
      await ref.child('c').setWithPriority(3, 'text');
      await ref.child('d').set(4);
      await ref.child('a').setPriority(5, () => {});
      const reader = harness.connect().ref(path);
      const snapshot = await reader.orderByPriority().once('value');
      const keys: (string | null)[] = [];
      snapshot.forEach((child) => {
        keys.push(child.key);
      });
      expect(keys).toEqual(['d', 'a', 'b', 'c']);
      expect(snapshot.child('a').getPriority()).toBe(5);
      expect(snapshot.exportVal()).toEqual({
        a: { '.value': 1, '.priority': 5 },
        b: { x: 1, '.priority': 10 },
        c: { '.value': 3, '.priority': 'text' },
        d: 4,
      });
    });
  });
}
