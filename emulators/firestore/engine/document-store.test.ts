import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentName } from '../testing/arbitraries.ts';
import { createCommitClock } from './commit-clock.ts';
import { createDocumentStore, type Snapshot } from './document-store.ts';
import { collectionPathOf, isInScope, type Scope } from './resource-name.ts';
import type { Document } from './value.ts';

const ROOT = 'projects/p/databases/d/documents';
const HOUR = 3_600_000;

/** A store whose clock stands still unless it is moved, and writes that need no engine. */
function createScene(maxPastVersions?: number) {
  let milliseconds = 1_000_000_000_000;
  const clock = createCommitClock(() => milliseconds);
  const start = clock.next();
  const store = createDocumentStore(clock, start, maxPastVersions);
  const current = new Map<string, Document>();

  function write(name: string, exists: boolean): bigint {
    const time = clock.next();
    const before = current.get(name);
    const after = exists
      ? { name, fields: new Map(), createTime: time, updateTime: time }
      : undefined;
    if (before || after) store.apply([{ name, before, after }], time);
    if (after) current.set(name, after);
    else current.delete(name);
    return time;
  }

  return { store, start, clock, current, write, wait: (ms: number) => (milliseconds += ms) };
}

function namesOf(documents: Iterable<Document>): string[] {
  return [...documents].map(({ name }) => name).sort();
}

/** The first segments below a prefix of all names. */
function below(names: Iterable<string>, prefix: string): string[] {
  const inside = [...names].filter((name) => name.startsWith(`${prefix}/`));
  return [
    ...new Set(inside.map((name) => name.slice(prefix.length + 1).split('/')[0] ?? '')),
  ].sort();
}

/** The collection of a document, and those of the documents above it. */
function collectionsAbove(name: string): string[] {
  if (name === ROOT) return [];
  const collection = collectionPathOf(name);
  return [collection, ...collectionsAbove(collectionPathOf(collection))];
}

/** Writes and deletions that meet each other on a few documents. */
const writes = fc
  .uniqueArray(documentName, { minLength: 1, maxLength: 5 })
  .chain((names) => fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { maxLength: 20 }));
const scope: fc.Arbitrary<Scope> = fc.record(
  {
    parent: fc.oneof(fc.constant(ROOT), documentName),
    collectionId: fc.constantFrom('a', 'ab', 'b'),
    allDescendants: fc.boolean(),
  },
  { requiredKeys: ['parent', 'allDescendants'] },
);

describe('the document store', () => {
  it('finds by its lookup what a look at all names finds, now and at every past moment', () => {
    fc.assert(
      fc.property(writes, scope, documentName, (steps, where, name) => {
        const { store, start, current, write } = createScene();
        const moments: [bigint, Map<string, Document>][] = [[start, new Map()]];
        for (const [target, exists] of steps)
          moments.push([write(target, exists), new Map(current)]);

        const check = (snapshot: Snapshot, expected: ReadonlyMap<string, Document>) => {
          const names = [...expected.keys()];
          expect(snapshot.get(name)).toBe(expected.get(name));
          expect(namesOf(snapshot.documentsIn(where))).toEqual(
            names.filter((each) => isInScope(each, where)).sort(),
          );
          for (const collection of new Set(steps.flatMap(([step]) => collectionsAbove(step)))) {
            const parent = collectionPathOf(collection);
            expect(snapshot.collectionIds(parent).toSorted()).toEqual(below(names, parent));
            expect(snapshot.namesOrPassages(collection).toSorted()).toEqual(
              below(names, collection).map((id) => `${collection}/${id}`),
            );
          }
        };
        check(store.latest(), current);
        for (const [time, expected] of moments) check(store.asOf(time), expected);
      }),
    );
  });

  it('refuses the future, and what lies before its start', () => {
    const { store, start, clock } = createScene();
    expect(() => store.asOf(clock.passed() + 1_000_000n)).toThrow(/future/);
    expect(() => store.asOf(start - 1n)).toThrow(/too old/);
  });

  it('forgets versions after an hour, and refuses to read them', () => {
    const { store, write, wait } = createScene();
    const first = write(`${ROOT}/a/b`, true);
    write(`${ROOT}/a/b`, true);
    expect(store.asOf(first).get(`${ROOT}/a/b`)?.updateTime).toBe(first);
    wait(HOUR + 1);
    write(`${ROOT}/a/b`, true);
    expect(() => store.asOf(first)).toThrow(/too old/);
  });

  it('forgets sooner when there are too many versions, and never answers wrongly', () => {
    const { store, write } = createScene(2);
    const times = Array.from({ length: 5 }, () => write(`${ROOT}/a/b`, true));
    const answers = times.map((time) => {
      try {
        return store.asOf(time).get(`${ROOT}/a/b`)?.updateTime;
      } catch {
        return 'refused';
      }
    });
    expect(answers).toEqual(['refused', 'refused', ...times.slice(2)]);
  });

  it('knows nothing of the past once it was filled anew', () => {
    const { store, write, clock } = createScene();
    const time = write(`${ROOT}/a/b`, true);
    store.replaceAll([], clock.next());
    expect(store.size).toBe(0);
    expect(() => store.asOf(time)).toThrow(/too old/);
  });
});
