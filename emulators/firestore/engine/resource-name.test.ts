import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentName } from '../testing/arbitraries.ts';
import { checkDocumentName, compareNames, isInScope } from './resource-name.ts';

const ROOT = 'projects/p/databases/d/documents';

describe('names of documents', () => {
  it('are ordered segment by segment, a parent before its children', () => {
    const ascending = [
      'a/__id-3__',
      'a/__id2__',
      'a/__id10__',
      'a/1',
      'a/b',
      'a/b/c/d',
      'a/b-',
      'a/ä',
      'ab/a',
    ];
    const names = ascending.map((path) => `${ROOT}/${path}`);
    expect(names.toReversed().sort(compareNames)).toEqual(names);
  });

  it('have a total order', () => {
    fc.assert(
      fc.property(documentName, documentName, documentName, (a, b, c) => {
        expect(Math.sign(compareNames(a, b)) + Math.sign(compareNames(b, a))).toBe(0);
        expect(compareNames(a, b) === 0).toBe(a === b);
        const [x, y, z] = [a, b, c].sort(compareNames) as [string, string, string];
        expect(compareNames(x, y) <= 0 && compareNames(y, z) <= 0 && compareNames(x, z) <= 0).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a/b', 'projects/p/databases/d/documents'],
    ['a collection', `${ROOT}/a`],
    ['an empty segment', `${ROOT}/a//b/c`],
    ['a dot', `${ROOT}/a/.`],
    ['two dots', `${ROOT}/a/..`],
    ['a reserved id', `${ROOT}/a/__x__`],
    ['a long id', `${ROOT}/a/${'x'.repeat(1501)}`],
    ['a long name', `${ROOT}/${Array(10).fill('x'.repeat(1000)).join('/')}`],
    ['a deep path', `${ROOT}/${Array(202).fill('x').join('/')}`],
  ])('are refused: %s', (_, name) => {
    expect(() => checkDocumentName(name)).toThrow();
  });

  it('may be numeric ids', () => {
    expect(() => checkDocumentName(`${ROOT}/a/__id7__`)).not.toThrow();
  });
});

describe('a scope', () => {
  const scope = { parent: `${ROOT}/a/b`, collectionId: 'c', allDescendants: false };

  it('covers one collection', () => {
    expect(isInScope(`${ROOT}/a/b/c/d`, scope)).toBe(true);
    expect(isInScope(`${ROOT}/a/b/c/d/c/e`, scope)).toBe(false);
    expect(isInScope(`${ROOT}/a/bb/c/d`, scope)).toBe(false);
    expect(isInScope(`${ROOT}/c/d`, scope)).toBe(false);
  });

  it('covers a collection group', () => {
    const group = { ...scope, allDescendants: true };
    expect(isInScope(`${ROOT}/a/b/c/d/c/e`, group)).toBe(true);
    expect(isInScope(`${ROOT}/a/b/x/d/c/e`, group)).toBe(true);
    expect(isInScope(`${ROOT}/a/b/x/d`, group)).toBe(false);
  });
});
