import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsons, nodes, paths, toNode } from './engine/arbitraries.ts';
import { childrenOf, equalNodes, getAt, type MaybeNode } from './engine/node.ts';
import { ascending } from './engine/ordered-map.ts';
import { formatPath, type Path } from './engine/path.ts';
import { applyWrites, type Write } from './engine/write.ts';
import { createTriggerRegistry } from './triggers.ts';

const EVENT = 'google.firebase.database.ref.v1.written';

const bundle = (path: string, changes: object = {}) => ({
  name: 'projects/p/locations/us-central1/triggers/us-central1-fn-0',
  path,
  event: EVENT,
  topic: 'projects/p/topics/t',
  namespacePattern: '*',
  ...changes,
});

function eventsOf(bundles: object[], root: MaybeNode, writes: Write[], namespace = 'ns') {
  const registry = createTriggerRegistry();
  for (const one of bundles) registry.register(one);
  const { root: after, changes } = applyWrites(root, writes, 0);
  return registry.eventsOf({ namespace, before: root, after, changes });
}

/** Every location of two keys in a tree. */
function locationsOf(root: MaybeNode): Path[] {
  return [...ascending(childrenOf(root))].flatMap(([first, child]) =>
    [...ascending(childrenOf(child))].map(([second]) => [first, second]),
  );
}

test('a trigger hears of exactly the locations that differ before and after', () => {
  fc.assert(
    fc.property(nodes, paths, jsons, (root, path, json) => {
      const writes = [{ path, json }];
      const after = applyWrites(root, writes, 0).root;
      const changed = [...locationsOf(root), ...locationsOf(after)]
        .filter((at) => !equalNodes(getAt(root, at), getAt(after, at)))
        .map(formatPath);
      const told = eventsOf([bundle('{x}/{y}')], root, writes).map(({ ref }) => ref);
      expect(told.sort()).toEqual([...new Set(changed)].sort());
    }),
  );
});

describe('a registration', () => {
  test('takes the place of older generations of the same function', () => {
    const name = (generation: number) =>
      `projects/p/locations/us-central1/triggers/us-central1-fn-${generation}`;
    const events = eventsOf(
      [0, 3].map((generation) => bundle('x', { name: name(generation) })),
      undefined,
      [{ path: ['x'], json: 1 }],
    );
    expect(events.map(({ trigger }) => trigger.key)).toEqual(['us-central1-fn-3']);
  });

  test.each([
    ['{id}', 'call-1', true],
    ['*', 'call-1', true],
    ['call-*', 'call-1', true],
    ['{id=call-*}', 'call-1', true],
    ['{id=call-*}', 'text-1', false],
    ['call.1', 'callx1', false],
  ])('of %s and a write at %s matches: %s', (pattern, key, isMatch) => {
    const events = eventsOf([bundle(`/calls/${pattern}`)], undefined, [
      { path: ['calls', key], json: 1 },
    ]);
    expect(events).toHaveLength(isMatch ? 1 : 0);
  });

  test('may name its namespaces', () => {
    const one = bundle('x', { namespacePattern: 'demo-*' });
    const writes = [{ path: ['x'], json: 1 }];
    expect(eventsOf([one], undefined, writes, 'demo-a')).toHaveLength(1);
    expect(eventsOf([one], undefined, writes, 'other')).toHaveLength(0);
  });

  test.each([
    ['a first-generation function', { name: 'projects/p/locations/_/functions/f' }],
    ['another event', { event: 'google.firebase.database.ref.v1.moved' }],
    ['several segments at once', { path: 'x/{rest=**}' }],
    ['no path', { path: undefined }],
  ])('of %s is refused', (_what, changes) => {
    const registry = createTriggerRegistry();
    expect(() => registry.register(bundle('x', changes))).toThrow();
  });
});

test('each kind of trigger hears of its kind of change', () => {
  const bundles = ['created', 'updated', 'deleted', 'written'].map((kind) =>
    bundle('{id}', {
      name: `projects/p/locations/us-central1/triggers/${kind}-0`,
      event: `google.firebase.database.ref.v1.${kind}`,
    }),
  );
  const kindsFor = (before: unknown, json: unknown) =>
    eventsOf(bundles, toNode({ x: before }), [{ path: ['x'], json }]).map((event) =>
      event.type.split('.').at(-1),
    );
  expect(kindsFor(null, 1)).toEqual(['created', 'written']);
  expect(kindsFor(1, 2)).toEqual(['updated', 'written']);
  expect(kindsFor(1, null)).toEqual(['deleted', 'written']);
  expect(kindsFor(1, 1)).toEqual([]);
});
