import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodes, queries, scalars, toNode } from './arbitraries.ts';
import { compareKeys } from './keys.ts';
import { childrenOf, type MaybeNode } from './node.ts';
import { ascending } from './ordered-map.ts';
import { parseRestQuery, parseWireQuery } from './parse-query.ts';
import { type Bound, type Query, runQuery } from './query.ts';
import { EXPORT, nodeToJson } from './to-json.ts';

interface Row {
  key: string;
  value: unknown;
}

/** The documented order, written again from JSON: nothing, false, true, numbers, text, objects. */
function compareValues(a: unknown, b: unknown): number {
  const rank = (value: unknown) => {
    if (value === null) return 0;
    return { boolean: value ? 2 : 1, number: 3, string: 4, object: 5 }[typeof value as 'object'];
  };
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (rank(a) !== 3 && rank(a) !== 4) return 0;
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function indexValue(query: Query, key: string, exported: unknown): unknown {
  const value = (json: unknown): unknown => {
    const isWrapped = typeof json === 'object' && json !== null && Object.hasOwn(json, '.value');
    return isWrapped ? (json as Record<string, unknown>)['.value'] : json;
  };
  const member = (json: unknown, name: string): unknown =>
    typeof json === 'object' && json !== null && Object.hasOwn(json, name)
      ? (json as Record<string, unknown>)[name]
      : null;
  const { index } = query;
  if (index.by === 'key') return key;
  if (index.by === 'value') return value(exported);
  if (index.by === 'priority') return member(exported, '.priority');
  return value(index.path.reduce<unknown>((json, segment) => member(json, segment), exported));
}

/** Keeps, sorts and cuts, each in the most obvious way. */
function naiveQuery(node: MaybeNode, query: Query): string[] {
  const rows: Row[] = [...ascending(childrenOf(node))].map(([key, child]) => ({
    key,
    value: indexValue(query, key, nodeToJson(child, EXPORT)),
  }));
  const byKey = query.index.by === 'key';
  const compare = (a: Row, b: Row) =>
    byKey
      ? compareKeys(a.key, b.key)
      : compareValues(a.value, b.value) || compareKeys(a.key, b.key);
  const against = (row: Row, end: Bound) =>
    byKey
      ? compareKeys(row.key, String(end.value))
      : compareValues(row.value, end.value) || compareKeys(row.key, end.key);
  const inRange = rows.filter((row) => {
    const { start, end } = query;
    const afterStart = !start || against(row, start) >= (start.inclusive ? 0 : Number.MIN_VALUE);
    return afterStart && (!end || against(row, end) <= (end.inclusive ? 0 : -Number.MIN_VALUE));
  });
  const sorted = inRange.sort(compare).map((row) => row.key);
  if (!query.limit) return sorted;
  const { count, from } = query.limit;
  return from === 'first' ? sorted.slice(0, count) : sorted.slice(-count);
}

const keysOf = (node: MaybeNode, query: Query) => runQuery(node, query).map(({ key }) => key);

test('a query finds what the naive model finds, in the same order', () => {
  fc.assert(
    fc.property(nodes, queries, (node, query) => {
      expect(keysOf(node, query)).toEqual(naiveQuery(node, query));
    }),
    { numRuns: 500 },
  );
});

test('values sort as documented: nothing, false, true, numbers, text, objects, then by key', () => {
  const node = toNode({
    obj: { v: { a: 1 } },
    text: { v: 'a' },
    two: { v: 2 },
    b: { v: 1 },
    a: { v: 1 },
    yes: { v: true },
    no: { v: false },
    none: { w: 1 },
  });
  const query: Query = { index: { by: 'child', path: ['v'] } };
  expect(keysOf(node, query)).toEqual(['none', 'no', 'yes', 'a', 'b', 'two', 'text', 'obj']);
});

describe('the query of a REST request', () => {
  const parse = (text: string) => parseRestQuery(new URLSearchParams(text));

  test('means the same as that of the SDK', () => {
    fc.assert(
      fc.property(scalars, fc.boolean(), fc.boolean(), (value, isStart, isInclusive) => {
        const name = isStart
          ? isInclusive
            ? 'startAt'
            : 'startAfter'
          : isInclusive
            ? 'endAt'
            : 'endBefore';
        const rest = new URLSearchParams({ orderBy: '"a/b"', [name]: JSON.stringify(value) });
        const wire = isStart
          ? { i: 'a/b', sp: value, sin: isInclusive }
          : { i: 'a/b', ep: value, ein: isInclusive };
        expect(parseRestQuery(rest)).toEqual(parseWireQuery(wire));
      }),
    );
    const both = parse('orderBy="$key"&equalTo="a"&limitToLast=3');
    expect(both).toEqual(parseWireQuery({ i: '.key', sp: 'a', ep: 'a', l: 3, vf: 'r' }));
  });

  test('may give a key beside a value', () => {
    const query = parse('orderBy="a"&startAt=1,"k"');
    expect(query?.start).toEqual({ value: 1, key: 'k', inclusive: true });
  });

  test('is absent without parameters, on either wire', () => {
    expect(parse('print=pretty')).toBeUndefined();
    expect(parseWireQuery({})).toBeUndefined();
  });

  test.each([
    ['limitToFirst=1', /orderBy must be defined/],
    ['orderBy=name', /orderBy must be a valid JSON/],
    ['orderBy="a.b"', /Invalid path/],
    ['orderBy="a"&limitToFirst=0', /positive integer/],
    ['orderBy="a"&limitToFirst=x', /positive integer/],
    ['orderBy="a"&limitToFirst=1&limitToLast=1', /Only one/],
    ['orderBy="a"&equalTo=1&startAt=1', /can't be mixed/],
    ['orderBy="a"&startAt={}', /JSON value/],
    ['orderBy="a"&startAt=text', /JSON value/],
    ['orderBy="$key"&startAt=1', /\$key/],
  ])('%s is refused', (text, message) => expect(() => parse(text)).toThrow(message));

  test.each([[{ l: 0 }], [{ sp: {} }], [{ vf: 'x', l: 1 }], ['text'], [{ i: 'a.b' }]])(
    'and so is %j of a WebSocket',
    (query) => expect(() => parseWireQuery(query)).toThrow(),
  );
});
