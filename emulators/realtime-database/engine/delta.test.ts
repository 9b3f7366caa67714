import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodes, toNode } from './arbitraries.ts';
import { deltaJson } from './delta.ts';
import { nodeToJson, RAW } from './to-json.ts';

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null;

/** As firebase-functions does it: objects are merged, nulls remove, all else replaces. */
function applyDelta(before: unknown, delta: unknown): unknown {
  if (!isObject(before) || !isObject(delta)) return delta;
  const merged = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(delta)) {
    if (value === null) merged.delete(key);
    else merged.set(key, applyDelta(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

test('applied to the JSON before gives the JSON after', () => {
  fc.assert(
    fc.property(nodes, nodes, (before, after) => {
      const patched = applyDelta(nodeToJson(before, RAW), deltaJson(before, after));
      expect(patched).toEqual(nodeToJson(after, RAW));
    }),
  );
});

test('names only what changed, and removed children as null', () => {
  const before = toNode({ same: { a: 1 }, changed: { a: 1, b: 2 }, removed: { a: 1 } });
  const after = toNode({ same: { a: 1 }, changed: { a: 1, b: 3 }, added: { c: 4 } });
  expect(deltaJson(before, after)).toEqual({
    changed: { b: 3 },
    removed: null,
    added: { c: 4 },
  });
});

test('is everything for a creation and null for a deletion', () => {
  const node = toNode({ a: { b: 1 } });
  expect(deltaJson(undefined, node)).toEqual({ a: { b: 1 } });
  expect(deltaJson(node, undefined)).toBeNull();
});
