import fc from 'fast-check';
import { nodeFromJson } from './from-json.ts';
import type { MaybeNode } from './node.ts';
import type { Path } from './path.ts';
import type { Index, Query } from './query.ts';
import { bound } from './query.ts';

/** Few keys, so that paths meet; among them integers, "__proto__" and a key that only looks like one. */
export const keys = fc.constantFrom('a', 'b', 'c', '1', '2', '10', '01', '-3', '__proto__', 'z9');

export const scalars = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.constantFrom('', 'x', 'y', 'é', '😀'),
);

export const paths: fc.Arbitrary<Path> = fc.array(keys, { maxLength: 3 });
export const nonRootPaths: fc.Arbitrary<Path> = fc.array(keys, { minLength: 1, maxLength: 3 });

const priorities = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 3 }), fc.constant('p'));

/** What a client may send: with empty objects, nulls, arrays and priorities. */
export const jsons: fc.Arbitrary<unknown> = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.oneof(scalars, fc.constant(null)),
    fc.record({ '.value': scalars, '.priority': priorities }),
    fc.array(tie('json'), { maxLength: 3 }),
    objectsOf(tie('json')),
    fc
      .tuple(objectsOf(tie('json')), priorities)
      .map(([object, priority]) => ({ ...object, '.priority': priority })),
  ),
})).json;

function objectsOf(values: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.array(fc.tuple(keys, values), { maxLength: 4 }).map(Object.fromEntries);
}

export const nodes: fc.Arbitrary<MaybeNode> = jsons.map(toNode);

export function toNode(json: unknown): MaybeNode {
  return nodeFromJson(json, { existing: undefined, now: 0, depth: 0 });
}

const indexes: fc.Arbitrary<Index> = fc.oneof(
  fc.constantFrom<Index[]>({ by: 'key' }, { by: 'value' }, { by: 'priority' }),
  nonRootPaths.map((path): Index => ({ by: 'child', path })),
);

export const queries: fc.Arbitrary<Query> = fc
  .record({
    index: indexes,
    start: fc.option(fc.tuple(fc.oneof(scalars, keys), fc.option(keys), fc.boolean())),
    end: fc.option(fc.tuple(fc.oneof(scalars, keys), fc.option(keys), fc.boolean())),
    limit: fc.option(
      fc.record({
        count: fc.integer({ min: 1, max: 4 }),
        from: fc.constantFrom('first' as const, 'last' as const),
      }),
    ),
  })
  .map(({ index, start, end, limit }) => ({
    index,
    ...(start && { start: bound('start', start[0], start[1] ?? undefined, start[2]) }),
    ...(end && { end: bound('end', end[0], end[1] ?? undefined, end[2]) }),
    ...(limit && { limit }),
  }));

/** Queries with a limit, and at times a start, that find much of a list with children "a". */
export const listQueries: fc.Arbitrary<Query> = fc
  .record({
    index: fc.constantFrom<Index[]>({ by: 'child', path: ['a'] }, { by: 'key' }, { by: 'value' }),
    count: fc.integer({ min: 1, max: 4 }),
    from: fc.constantFrom('first' as const, 'last' as const),
    start: fc.option(fc.constantFrom(null, false, -2, 'k1')),
  })
  .map(({ index, count, from, start }) => ({
    index,
    limit: { count, from },
    ...(start !== null && { start: bound('start', start, undefined, true) }),
  }));
