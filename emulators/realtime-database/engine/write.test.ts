import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsons, nodes, paths, toNode } from './arbitraries.ts';
import { equalNodes, getAt, setAt } from './node.ts';
import { contains } from './path.ts';
import { EXPORT, nodeToJson } from './to-json.ts';
import { applyWrites, type Write, writesOfUpdate } from './write.ts';

const json = (node: Parameters<typeof nodeToJson>[0]) => nodeToJson(node, EXPORT);

const disjointWrites = fc
  .array(fc.record({ path: paths, json: jsons }), { maxLength: 4 })
  .map((writes) =>
    writes.filter((write, index) =>
      writes
        .slice(0, index)
        .every((other) => !contains(other.path, write.path) && !contains(write.path, other.path)),
    ),
  );

describe('a write', () => {
  test('leaves at each location what was asked for', () => {
    fc.assert(
      fc.property(nodes, disjointWrites, (root, writes) => {
        const result = applyWrites(root, writes, 0);
        for (const write of writes) {
          expect(json(getAt(result.root, write.path))).toEqual(json(toNode(write.json)));
        }
      }),
    );
  });

  test('is told by its changes: setting their "after" in the tree before gives the tree after', () => {
    fc.assert(
      fc.property(nodes, disjointWrites, (root, writes) => {
        const result = applyWrites(root, writes, 0);
        let replayed = root;
        for (const { path, before, after } of result.changes) {
          expect(equalNodes(before, getAt(root, path))).toBe(true);
          replayed = setAt(replayed, path, after);
        }
        expect(json(replayed)).toEqual(json(result.root));
      }),
    );
  });

  test('that changes nothing gives the same tree and no change', () => {
    fc.assert(
      fc.property(nodes, paths, (root, path) => {
        const writes = [{ path, json: json(getAt(root, path)) }];
        expect(applyWrites(root, writes, 0)).toEqual({ root, changes: [] });
      }),
    );
  });

  test('with one location that is refused does nothing at all', () => {
    const writes: Write[] = [
      { path: ['a'], json: 1 },
      { path: ['b'], json: { 'x.y': 1 } },
    ];
    expect(() => applyWrites(undefined, writes, 0)).toThrow(/Invalid data/);
  });

  test('can not name a location and another one inside it', () => {
    const update = (paths: string[]) => paths.map((path) => ({ path: path.split('/'), json: 1 }));
    expect(() => applyWrites(undefined, update(['a/b', 'a']), 0)).toThrow(/inside it/);
    expect(() => applyWrites(undefined, update(['a', 'a-', 'a/b']), 0)).toThrow(/inside it/);
    expect(() => applyWrites(undefined, update(['a', 'ab', 'b/a']), 0)).not.toThrow();
  });

  test('gives all its timestamps the same time, and increments what was there before', () => {
    const root = toNode({ n: 1 });
    const writes = writesOfUpdate([], {
      'x/at': { '.sv': 'timestamp' },
      'y/at': { '.sv': 'timestamp' },
      n: { '.sv': { increment: 2 } },
    });
    const after = { n: 3, x: { at: 77 }, y: { at: 77 } };
    expect(json(applyWrites(root, writes, 77).root)).toEqual(after);
  });

  test('counts its depth from the root', () => {
    const path = Array.from({ length: 31 }, () => 'a');
    expect(() => applyWrites(undefined, [{ path, json: { b: 1 } }], 0)).not.toThrow();
    expect(() => applyWrites(undefined, [{ path, json: { b: { c: 1 } } }], 0)).toThrow(/32/);
  });

  test('of a priority changes the node that has it', () => {
    const root = toNode({ a: { b: 1 } });
    const { changes } = applyWrites(root, [{ path: ['a', '.priority'], json: 5 }], 0);
    expect(changes.map(({ path, after }) => ({ path, after: json(after) }))).toEqual([
      { path: ['a'], after: { b: 1, '.priority': 5 } },
    ]);
    const bad = [{ path: ['a', '.priority'], json: true }];
    expect(() => applyWrites(root, bad, 0)).toThrow(/priority/);
  });
});

test.each([[[1]], [null], ['text'], [5]])('an update by %j is refused', (update) => {
  expect(() => writesOfUpdate([], update)).toThrow(/couldn't parse JSON object/);
});
