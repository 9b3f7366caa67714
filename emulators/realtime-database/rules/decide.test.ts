import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keys, paths } from '../engine/arbitraries.ts';
import type { Path } from '../engine/path.ts';
import { isGranted } from './decide.ts';
import { compileRules } from './rule-tree.ts';

function mayRead(rules: object, path: string, auth: { uid: string } | null = null): boolean {
  return isGranted(compileRules(rules), 'read', path.split('/').filter(Boolean), scopeOf(auth));
}

function scopeOf(auth: { uid: string } | null) {
  return { auth, now: 0, root: undefined, newRoot: () => undefined };
}

describe('rights', () => {
  test('are none where nothing grants', () => {
    expect(mayRead({}, '')).toBe(false);
    expect(mayRead({ a: { '.read': false, b: {} } }, 'a/b/c')).toBe(false);
    expect(mayRead({ '.write': true }, 'a')).toBe(false);
  });

  test('go down from where they are granted, never up and never aside', () => {
    const rules = { a: { b: { '.read': true, c: { '.read': false } } } };
    expect(['', 'a', 'a/x', 'x'].map((path) => mayRead(rules, path))).toEqual(Array(4).fill(false));
    expect(['a/b', 'a/b/c', 'a/b/c/d'].map((path) => mayRead(rules, path))).toEqual(
      Array(3).fill(true),
    );
  });

  test('are granted by texts as by booleans', () => {
    expect(mayRead({ '.read': 'true' }, 'a')).toBe(true);
    expect(mayRead({ '.read': 'false' }, 'a')).toBe(false);
  });

  test('of a named child are its own, not the wildcard’s beside it', () => {
    const rules = { $any: { '.read': true, x: { '.read': true } }, named: {} };
    expect(mayRead(rules, 'other')).toBe(true);
    expect(mayRead(rules, 'named')).toBe(false);
    expect(mayRead(rules, 'named/x')).toBe(false);
  });

  test('tell each wildcard what stands in its place', () => {
    const rules = { users: { $user: { $box: { '.read': '$user == auth.uid && $box == "in"' } } } };
    expect(mayRead(rules, 'users/u1/in/7', { uid: 'u1' })).toBe(true);
    expect(mayRead(rules, 'users/u1/out', { uid: 'u1' })).toBe(false);
    expect(mayRead(rules, 'users/u2/in', { uid: 'u1' })).toBe(false);
    expect(mayRead(rules, 'users/u1/in')).toBe(false);
  });

  test('are not given by names of JavaScript', () => {
    expect(mayRead({ a: { '.read': true } }, 'constructor')).toBe(false);
    expect(mayRead({ $x: { '.read': '$x == "__proto__"' } }, '__proto__')).toBe(true);
    expect(mayRead(JSON.parse('{ "__proto__": { ".read": true } }'), '__proto__')).toBe(true);
  });
});

interface Document {
  '.read'?: boolean;
  [key: string]: Document | boolean | undefined;
}

/** Rules that grant by constants, with named children and wildcards. */
const documents: fc.Arbitrary<Document> = fc.letrec<{ node: Document }>((tie) => ({
  node: fc
    .tuple(
      fc.option(fc.boolean(), { nil: undefined }),
      fc.option(
        fc.array(fc.tuple(fc.oneof(keys, fc.constant('$')), tie('node')), { maxLength: 3 }),
        { maxDepth: 3, depthSize: 'small', nil: [] },
      ),
    )
    .map(([read, children]) =>
      Object.fromEntries([...(read === undefined ? [] : [['.read', read]]), ...(children ?? [])]),
    ),
})).node;

/** Wildcards need a name of their own at each depth. */
function withNames(document: Document, depth = 0): Document {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [
      key === '$' ? `$at${depth}` : key,
      typeof value === 'object' ? withNames(value, depth + 1) : value,
    ]),
  );
}

/** The rules' meaning, said anew: somewhere on the way down stands a grant. */
function granted(document: Document, path: Path): boolean {
  if (document['.read'] === true) return true;
  const [segment, ...rest] = path;
  if (segment === undefined) return false;
  const below = Object.hasOwn(document, segment) ? document[segment] : document.$;
  return typeof below === 'object' && granted(below, rest);
}

test('whatever the rules, the first grant on the way down decides and none below takes it back', () => {
  fc.assert(
    fc.property(documents, paths, paths, (document, above, below) => {
      const rules = compileRules(withNames(document));
      const read = (path: Path) => isGranted(rules, 'read', path, scopeOf(null));
      expect(read(above)).toBe(granted(document, above));
      if (read(above)) expect(read([...above, ...below])).toBe(true);
      expect(isGranted(rules, 'write', above, scopeOf(null))).toBe(false);
    }),
    { numRuns: 500 },
  );
});
