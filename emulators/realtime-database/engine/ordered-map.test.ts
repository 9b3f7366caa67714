import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys } from './keys.ts';
import * as map from './ordered-map.ts';

const anyKeys = fc.oneof(fc.string({ maxLength: 3 }), fc.integer().map(String));
const steps = fc.array(fc.tuple(fc.boolean(), anyKeys, fc.integer()), { maxLength: 200 });

type Map3 = map.OrderedMap<number> | undefined;

function model(entries: Iterable<readonly [string, number]>): [string, number][] {
  return [...new Map(entries)].sort(([a], [b]) => compareKeys(a, b));
}

function apply(list: [boolean, string, number][]): { tree: Map3; expected: Map<string, number> } {
  let tree: Map3;
  const expected = new Map<string, number>();
  for (const [isInsert, key, value] of list) {
    tree = isInsert ? map.insert(tree, key, value) : map.remove(tree, key);
    if (isInsert) expected.set(key, value);
    else expected.delete(key);
  }
  return { tree, expected };
}

test('holds what was put in and not taken out, in key order', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const { tree, expected } = apply(list);
      expect([...map.ascending(tree)]).toEqual(model(expected));
      expect([...map.descending(tree)]).toEqual(model(expected).reverse());
      expect(map.sizeOf(tree)).toBe(expected.size);
      for (const [key, value] of expected) expect(map.lookup(tree, key)).toBe(value);
    }),
  );
});

test('stays balanced, so that no write costs more than the logarithm', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const check = (tree: Map3): number => {
        if (!tree) return 0;
        const [left, right] = [check(tree.left), check(tree.right)];
        expect(Math.abs(left - right)).toBeLessThanOrEqual(1);
        expect(tree.height).toBe(1 + Math.max(left, right));
        return tree.height;
      };
      check(apply(list).tree);
    }),
  );
});

test('leaves the map before a write as it was', () => {
  fc.assert(
    fc.property(steps, anyKeys, (list, key) => {
      const { tree } = apply(list);
      const before = [...map.ascending(tree)];
      map.insert(tree, key, 1);
      map.remove(tree, key);
      expect([...map.ascending(tree)]).toEqual(before);
    }),
  );
});

test('gives back the same map when the key to remove is not there', () => {
  const tree = map.fromEntries([['a', 1] as const, ['b', 2] as const]);
  expect(map.remove(tree, 'c')).toBe(tree);
});

test('walks from a key in both directions, whether or not it is there', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyKeys, fc.integer())), anyKeys, (entries, from) => {
      const tree = map.fromEntries(entries);
      const all = model(entries);
      const upwards = all.filter(([key]) => compareKeys(key, from) >= 0);
      const downwards = all.filter(([key]) => compareKeys(key, from) <= 0).reverse();
      expect([...map.ascending(tree, from)]).toEqual(upwards);
      expect([...map.descending(tree, from)]).toEqual(downwards);
    }),
  );
});
