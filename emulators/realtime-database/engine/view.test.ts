import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsons, listQueries, nodes, paths, queries, scalars, toNode } from './arbitraries.ts';
import { branch, getAt, type MaybeNode, setAt } from './node.ts';
import { fromEntries } from './ordered-map.ts';
import { contains, formatPath, type Path, parsePath } from './path.ts';
import { type Query, runQuery } from './query.ts';
import type { QueryWindow } from './query-window.ts';
import { EXPORT, nodeToJson } from './to-json.ts';
import { advanceView, openView, type View, type ViewUpdate } from './view.ts';
import { applyWrites, type Change } from './write.ts';

const json = (node: MaybeNode) => nodeToJson(node, EXPORT);

const disjointWrites = fc
  .array(fc.record({ path: paths, json: jsons }), { minLength: 1, maxLength: 4 })
  .map((writes) =>
    writes.filter((write, index) =>
      writes
        .slice(0, index)
        .every((other) => !contains(other.path, write.path) && !contains(write.path, other.path)),
    ),
  );

function windowNode(window: QueryWindow): MaybeNode {
  return branch(fromEntries(window.map(({ key, node }) => [key, node] as const)));
}

/** A client's copy of the whole tree, of which it knows what its listener was told. */
function applyUpdate(copy: MaybeNode, update: ViewUpdate): MaybeNode {
  if (update.kind === 'set') {
    const { content } = update;
    const node = Array.isArray(content) ? windowNode(content) : (content as MaybeNode);
    return setAt(copy, update.path, node);
  }
  let next = copy;
  for (const [key, node] of update.children) {
    next = setAt(next, [...update.path, ...parsePath(key)], node);
  }
  return next;
}

function relevant(changes: Change[], path: Path): Change[] {
  return changes.filter((change) => contains(change.path, path) || contains(path, change.path));
}

/** Follows a view through writes, checking after each that the client knows what it should. */
function follow(
  start: MaybeNode,
  path: Path,
  query: Query | undefined,
  steps: { path: Path; json: unknown }[][],
  expected: (root: MaybeNode) => unknown,
): void {
  const opened = openView(start, path, query);
  let view: View = opened.view;
  let root = start;
  let copy = applyUpdate(undefined, opened.update);
  expect(json(getAt(copy, path))).toEqual(expected(root));
  for (const writes of steps) {
    const result = applyWrites(root, writes, 0);
    root = result.root;
    const changes = relevant(result.changes, path);
    if (changes.length > 0) {
      const step = advanceView(view, root, changes);
      view = step.view;
      if (step.update) copy = applyUpdate(copy, step.update);
    }
    expect(json(getAt(copy, path))).toEqual(expected(root));
  }
}

describe('a listener that applies what it is told', () => {
  test('always has the location as the server has it', () => {
    fc.assert(
      fc.property(
        nodes,
        paths,
        fc.array(disjointWrites, { maxLength: 5 }),
        (start, path, steps) => {
          follow(start, path, undefined, steps, (root) => json(getAt(root, path)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of a query always has what the query would find now', () => {
    fc.assert(
      fc.property(
        nodes,
        fc.oneof(fc.constant([]), paths),
        queries,
        fc.array(disjointWrites, { maxLength: 6 }),
        (start, path, query, steps) => {
          follow(start, path, query, steps, (root) =>
            json(windowNode(runQuery(getAt(root, path), query))),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('of a window on a long list too, with children that come, go and change places', () => {
    const child = fc.oneof(scalars, fc.record({ a: scalars }), fc.constant(null));
    const list = fc.array(child, { minLength: 4, maxLength: 10 }).map((children) => {
      return Object.fromEntries(children.map((value, index) => [`k${index}`, value]));
    });
    const key = fc.nat({ max: 9 }).map((index) => `k${index}`);
    const write = fc.oneof(
      fc.record({ path: fc.tuple(key), json: child }),
      fc.record({
        path: fc.tuple(key, fc.constant('a')),
        json: fc.oneof(scalars, fc.constant(null)),
      }),
    );
    const update = fc.uniqueArray(write, {
      minLength: 1,
      maxLength: 3,
      selector: ({ path }) => path[0],
    });
    fc.assert(
      fc.property(list, listQueries, fc.array(update, { maxLength: 8 }), (start, query, steps) => {
        follow(toNode(start), [], query, steps, (root) => json(windowNode(runQuery(root, query))));
      }),
      { numRuns: 500 },
    );
  });
});

describe('an update of a listener', () => {
  const update = (path: Path, before: unknown, writes: { path: Path; json: unknown }[]) => {
    const root = toNode(before);
    const result = applyWrites(root, writes, 0);
    const { view } = openView(root, path, undefined);
    return advanceView(view, result.root, relevant(result.changes, path)).update;
  };

  test('is one merge for a write of several locations', () => {
    const writes = [
      { path: ['top', 'a', 'x'], json: 1 },
      { path: ['top', 'b'], json: null },
    ];
    const told = update(['top'], { top: { b: 2 } }, writes);
    expect(told?.kind).toBe('merge');
    expect(told?.kind === 'merge' && [...told.children.keys()]).toEqual(['a/x', 'b']);
  });

  test('is only the part that was written', () => {
    const told = update(['list'], { list: { a: 1 } }, [{ path: ['list', 'b', 'c'], json: 2 }]);
    expect(formatPath(told?.path ?? [])).toBe('list/b/c');
  });

  test('is absent when a write above leaves the location as it was', () => {
    const writes = [{ path: ['a'], json: { b: 1, c: 2 } }];
    expect(update(['a', 'b'], { a: { b: 1 } }, writes)).toBeUndefined();
  });
});
