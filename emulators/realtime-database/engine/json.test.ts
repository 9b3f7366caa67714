import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodes, toNode } from './arbitraries.ts';
import { nodeFromJson } from './from-json.ts';
import { EXPORT, nodeToJson, nodeToShallowJson, PLAIN, RAW } from './to-json.ts';

describe('JSON', () => {
  test('with priorities comes back as the same node', () => {
    fc.assert(
      fc.property(nodes, (node) => {
        const exported = JSON.parse(JSON.stringify(nodeToJson(node, EXPORT)));
        expect(nodeToJson(toNode(exported), EXPORT)).toEqual(exported);
      }),
    );
  });

  test('has nothing for nulls, empty objects and empty arrays', () => {
    expect(toNode({ a: null, b: {}, c: [], d: [null], e: { f: {} } })).toBeUndefined();
  });

  test('shows lists as arrays when more than half of the places are taken', () => {
    const json = (value: unknown) => nodeToJson(toNode(value), PLAIN);
    expect(json(['a', 'b'])).toEqual(['a', 'b']);
    expect(json({ 0: 'a', 2: 'c' })).toEqual(['a', null, 'c']);
    expect(json({ 1: 'a', 3: 'c' })).toEqual([null, 'a', null, 'c']);
    expect(json({ 2: 'c' })).toEqual({ 2: 'c' });
    expect(json({ 0: 'a', x: 'c' })).toEqual({ 0: 'a', x: 'c' });
    expect(nodeToJson(toNode(['a', 'b']), RAW)).toEqual({ 0: 'a', 1: 'b' });
  });

  test('keeps a child that is called __proto__', () => {
    const text = '{"__proto__":{"a":1}}';
    expect(JSON.stringify(nodeToJson(toNode(JSON.parse(text)), EXPORT))).toBe(text);
  });

  test('shown shallow has the keys, or the value itself', () => {
    expect(nodeToShallowJson(toNode({ a: { b: 1 }, c: 2 }))).toEqual({ a: true, c: true });
    expect(nodeToShallowJson(toNode(5))).toBe(5);
    expect(nodeToShallowJson(undefined)).toBeNull();
  });

  test.each([
    ['a forbidden key', { 'a.b': 1 }, /key/],
    ['a key that is a path', { 'a/b': 1 }, /key/],
    ['an empty key', { '': 1 }, /key/],
    ['a key that is too long', { ['k'.repeat(769)]: 1 }, /768/],
    ['an unknown key with a dot', { '.unknown': 1 }, /key/],
    ['a value beside children', { '.value': 1, a: 2 }, /beside children/],
    ['an object as a value', { '.value': { a: 1 } }, /single value/],
    ['a priority that is neither text nor number', { '.value': 1, '.priority': true }, /priority/],
    ['a number out of range', JSON.parse('1e999'), /range/],
    ['a string of more than 10 MB', 'é'.repeat(5 * 1024 * 1024 + 1), /10 MB/],
    ['an unknown server value', { '.sv': 'random' }, /\.sv/],
    ['an increment by text', { '.sv': { increment: '1' } }, /\.sv/],
  ])('with %s is refused', (_what, json, message) => {
    expect(() => toNode(json)).toThrow(message);
  });

  test('may be 32 levels deep, counted from the root, and not 33', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
    const at = (depth: number) => ({ existing: undefined, now: 0, depth });
    expect(nodeFromJson(nested(30), at(2))).toBeDefined();
    expect(() => nodeFromJson(nested(31), at(2))).toThrow(/deeper than 32/);
  });
});

describe('server values', () => {
  const read = (json: unknown, existing: unknown) =>
    nodeToJson(nodeFromJson(json, { existing: toNode(existing), now: 1234, depth: 0 }), EXPORT);

  test('give the time of the write, wherever they stand', () => {
    const timestamp = { '.sv': 'timestamp' };
    expect(read({ a: timestamp, b: { '.value': 1, '.priority': timestamp } }, null)).toEqual({
      a: 1234,
      b: { '.value': 1, '.priority': 1234 },
    });
  });

  test('add to a number, and start from nothing otherwise', () => {
    const plusTwo = { '.sv': { increment: 2 } };
    expect(read(plusTwo, 5)).toBe(7);
    expect(read({ n: plusTwo }, { n: 0.5 })).toEqual({ n: 2.5 });
    expect(read(plusTwo, 'text')).toBe(2);
    expect(read(plusTwo, { a: 1 })).toBe(2);
    expect(read(plusTwo, null)).toBe(2);
  });
});
