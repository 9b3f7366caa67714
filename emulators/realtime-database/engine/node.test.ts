import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodes, nonRootPaths, paths, toNode } from './arbitraries.ts';
import { equalNodes, getAt, type MaybeNode, setAt } from './node.ts';
import { contains } from './path.ts';
import { EXPORT, nodeToJson } from './to-json.ts';

const json = (node: MaybeNode) => nodeToJson(node, EXPORT);

describe('the tree', () => {
  test('gives back what was set', () => {
    fc.assert(
      fc.property(nodes, paths, nodes, (tree, path, value) => {
        expect(json(getAt(setAt(tree, path, value), path))).toEqual(json(value));
      }),
    );
  });

  test('keeps every location that a write does not lie in, above or below', () => {
    fc.assert(
      fc.property(nodes, paths, nodes, paths, (tree, path, value, other) => {
        fc.pre(!contains(path, other) && !contains(other, path));
        // A leaf in the way of the write makes room for it.
        fc.pre(path.every((_, depth) => getAt(tree, path.slice(0, depth))?.kind !== 'leaf'));
        const after = setAt(tree, path, value);
        expect(json(getAt(after, other))).toEqual(json(getAt(tree, other)));
      }),
    );
  });

  test('is not changed by a write, and setting twice is setting once', () => {
    fc.assert(
      fc.property(nodes, paths, nodes, (tree, path, value) => {
        const before = JSON.stringify(json(tree));
        const once = setAt(tree, path, value);
        expect(JSON.stringify(json(tree))).toBe(before);
        expect(equalNodes(setAt(once, path, value), once)).toBe(true);
      }),
    );
  });

  test('has no empty parents: removing the only child removes them', () => {
    fc.assert(
      fc.property(nonRootPaths, (path) => {
        const tree = setAt(undefined, path, toNode(1));
        expect(setAt(tree, path, undefined)).toBeUndefined();
      }),
    );
  });

  test('keeps the priority of a leaf that gets a child, and the leaf that loses none', () => {
    const tree = toNode({ '.value': 5, '.priority': 2 });
    expect(json(setAt(tree, ['a'], toNode(1)))).toEqual({ a: 1, '.priority': 2 });
    expect(setAt(tree, ['a'], undefined)).toBe(tree);
  });

  test('sets and reads a priority as a location of its own', () => {
    const tree = setAt(toNode({ a: { b: 1 } }), ['a', '.priority'], toNode('high'));
    expect(json(tree)).toEqual({ a: { b: 1, '.priority': 'high' } });
    expect(json(getAt(tree, ['a', '.priority']))).toBe('high');
    expect(setAt(undefined, ['a', '.priority'], toNode(1))).toBeUndefined();
  });
});

test('nodes are equal exactly when their JSON with priorities is', () => {
  fc.assert(
    fc.property(nodes, nodes, (a, b) => {
      expect(equalNodes(a, b)).toBe(JSON.stringify(json(a)) === JSON.stringify(json(b)));
      expect(equalNodes(a, toNode(json(a)))).toBe(true);
    }),
  );
});
