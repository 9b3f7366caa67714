import { describe, expect, test } from 'vitest';
import { type Harness, keysOf, readValue } from './harness.ts';

const DINOSAURS = {
  linhenykus: { height: 0.6, info: { rank: 3 } },
  stegosaurus: { height: 4, info: { rank: 1 } },
  triceratops: { height: 3, info: { rank: 2 } },
  pterodactyl: { height: 0.6, info: { rank: 5 } },
  lambeosaurus: { height: 2.1, info: { rank: 4 } },
  unknown: { info: { rank: 6 } },
};

export function registerQueryTests(harness: Harness): void {
  async function dinosaurs() {
    const path = harness.newPath();
    await harness.connect().ref(path).set(DINOSAURS);
    return harness.connect().ref(path);
  }

  async function scores() {
    const path = harness.newPath();
    await harness
      .connect()
      .ref(path)
      .set({ bruhath: 55, lambeo: 21, stego: 5, ptero: 93, tri: 21 });
    return harness.connect().ref(path);
  }

  describe.concurrent('queries by child', () => {
    test('order by value, then by key, the missing ones first', async () => {
      expect(await keysOf((await dinosaurs()).orderByChild('height'))).toEqual([
        'unknown',
        'linhenykus',
        'pterodactyl',
        'lambeosaurus',
        'triceratops',
        'stegosaurus',
      ]);
    });

    test('order by a deep child', async () => {
      const query = (await dinosaurs()).orderByChild('info/rank').limitToFirst(2);
      expect(await keysOf(query)).toEqual(['stegosaurus', 'triceratops']);
    });

    test('equalTo, with a key and without', async () => {
      const byHeight = (await dinosaurs()).orderByChild('height');
      expect(await keysOf(byHeight.equalTo(0.6))).toEqual(['linhenykus', 'pterodactyl']);
      expect(await keysOf(byHeight.equalTo(0.6, 'pterodactyl'))).toEqual(['pterodactyl']);
      expect(await keysOf(byHeight.equalTo(null))).toEqual(['unknown']);
      expect(await keysOf(byHeight.equalTo(77))).toEqual([]);
    });

    test('startAt and endAt include, startAfter and endBefore exclude', async () => {
      const byHeight = (await dinosaurs()).orderByChild('height');
      expect(await keysOf(byHeight.startAt(3))).toEqual(['triceratops', 'stegosaurus']);
      expect(await keysOf(byHeight.startAfter(3))).toEqual(['stegosaurus']);
      expect(await keysOf(byHeight.startAt(0.6).endAt(2.1))).toEqual([
        'linhenykus',
        'pterodactyl',
        'lambeosaurus',
      ]);
      expect(await keysOf(byHeight.startAfter(0.6).endBefore(3))).toEqual(['lambeosaurus']);
      expect(await keysOf(byHeight.startAfter(0.6, 'linhenykus').endAt(0.6))).toEqual([
        'pterodactyl',
      ]);
    });

    test('limits count from either end', async () => {
      const byHeight = (await dinosaurs()).orderByChild('height');
      expect(await keysOf(byHeight.limitToFirst(2))).toEqual(['unknown', 'linhenykus']);
      expect(await keysOf(byHeight.limitToLast(2))).toEqual(['triceratops', 'stegosaurus']);
      expect(await keysOf(byHeight.endAt(2.1).limitToLast(2))).toEqual([
        'pterodactyl',
        'lambeosaurus',
      ]);
    });

    test('get() answers like once()', async () => {
      const query = (await dinosaurs()).orderByChild('height').startAt(3);
      expect((await query.get()).val()).toEqual(await readValue(query));
    });
  });

  describe.concurrent('queries by key', () => {
    test('order integers by value, before all other keys', async () => {
      const path = harness.newPath();
      await harness.connect().ref(path).set({ b: 1, 10: 1, 9: 1, a: 1, '-5': 1, '2147483648': 1 });
      const keys = await keysOf(harness.connect().ref(path).orderByKey());
      expect(keys).toEqual(['-5', '9', '10', '2147483648', 'a', 'b']);
    });

    test('cut by keys', async () => {
      const byKey = (await dinosaurs()).orderByKey();
      expect(await keysOf(byKey.startAt('p').endAt('s\uf8ff'))).toEqual([
        'pterodactyl',
        'stegosaurus',
      ]);
      expect(await keysOf(byKey.startAfter('pterodactyl').limitToFirst(1))).toEqual([
        'stegosaurus',
      ]);
      expect(await keysOf(byKey.endBefore('linhenykus'))).toEqual(['lambeosaurus']);
      expect(await keysOf(byKey.equalTo('unknown'))).toEqual(['unknown']);
      expect(await keysOf(byKey.limitToLast(1))).toEqual(['unknown']);
    });
  });

  describe.concurrent('queries by value and by priority', () => {
    test('order and cut by value', async () => {
      const byValue = (await scores()).orderByValue();
      expect(await keysOf(byValue)).toEqual(['stego', 'lambeo', 'tri', 'bruhath', 'ptero']);
      expect(await keysOf(byValue.limitToLast(2))).toEqual(['bruhath', 'ptero']);
      expect(await keysOf(byValue.equalTo(21))).toEqual(['lambeo', 'tri']);
      expect(await keysOf(byValue.startAfter(21).endBefore(93))).toEqual(['bruhath']);
    });

    test('order and cut by priority, which is also the order of a plain limit', async () => {
      const ref = await scores();
      await ref.child('stego').setWithPriority(5, 2);
      await ref.child('ptero').setWithPriority(93, 1);
      expect(await keysOf(ref.orderByPriority().startAt(1))).toEqual(['ptero', 'stego']);
      expect(await keysOf(ref.limitToLast(1))).toEqual(['stego']);
      expect(await keysOf(ref.orderByPriority().endAt(null).limitToFirst(1))).toEqual(['bruhath']);
    });

    test('order kinds of values: false, true, numbers, text, objects', async () => {
      const path = harness.newPath();
      const values = { o: { x: 1 }, t: 'b', s: 'a', n: 2, m: -1, yes: true, no: false };
      await harness.connect().ref(path).set(values);
      const keys = await keysOf(harness.connect().ref(path).orderByValue());
      expect(keys).toEqual(['no', 'yes', 'm', 'n', 's', 't', 'o']);
    });
  });

  describe.concurrent('a query', () => {
    test('of a single value or of nothing finds nothing', async () => {
      const ref = harness.connect().ref(harness.newPath());
      expect(await readValue(ref.orderByKey().limitToFirst(1))).toBeNull();
      await ref.set('value');
      expect(
        await readValue(
          harness
            .connect()
            .ref(ref.key ?? '')
            .orderByKey()
            .limitToFirst(1),
        ),
      ).toBeNull();
    });

    test('without an index is refused by get()', async () => {
      const path = `unindexed/${harness.newPath()}`;
      const query = harness.connect().ref(path).orderByChild('height').equalTo(1);
      await expect(query.get()).rejects.toThrow(/Index not defined, add ".indexOn": "height"/);
    });
  });
}
