import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDatabase } from './database.ts';
import { parseFieldPath } from './field-path.ts';
import { createListenTarget, type TargetEvent } from './listen-target.ts';
import type { Query } from './query.ts';
import { runQuery } from './run-query.ts';
import type { Document } from './value.ts';
import type { Write } from './write.ts';

const DATABASE = 'projects/p/databases/d';
const ids = ['a', 'b', 'c', 'd'];

function write(id: string, n: number | undefined, collection = 'c'): Write {
  const name = `${DATABASE}/documents/${collection}/${id}`;
  if (n === undefined) return { kind: 'delete', name };
  const fields = new Map([['n', { kind: 'double', value: n } as const]]);
  return { kind: 'update', name, fields, transforms: [] };
}

const commits = fc.array(
  fc.array(
    fc
      .tuple(
        fc.constantFrom(...ids),
        fc.option(fc.nat(5), { nil: undefined }),
        fc.constantFrom('c', 'other'),
      )
      .map(([id, n, collection]) => write(id, n, collection)),
    { minLength: 1, maxLength: 3 },
  ),
  { maxLength: 8 },
);

const query: fc.Arbitrary<Query> = fc
  .record({ least: fc.nat(5), limit: fc.option(fc.nat(3), { nil: undefined }), offset: fc.nat(1) })
  .map(({ least, limit, offset }) => ({
    scope: { parent: `${DATABASE}/documents`, collectionId: 'c', allDescendants: false },
    filter: {
      kind: 'field',
      field: parseFieldPath('n'),
      operator: 'GREATER_THAN_OR_EQUAL',
      value: { kind: 'integer', value: BigInt(least) },
    },
    orders: [],
    offset,
    ...(limit !== undefined && { limit }),
  }));

/** What a client does with the events: it keeps a set of documents. */
function applyEvents(known: Map<string, Document>, events: readonly TargetEvent[]): void {
  for (const event of events) {
    if (event.kind === 'changed') known.set(event.document.name, event.document);
    else known.delete(event.name);
  }
}

describe('a listener', () => {
  it('leads its client to the results of the query, commit by commit', async () => {
    await fc.assert(
      fc.asyncProperty(commits, query, fc.nat(8), async (steps, watched, startAt) => {
        const database = createDatabase({ name: DATABASE });
        const target = createListenTarget({ kind: 'query', query: watched });
        const known = new Map<string, Document>();
        for (const [index, writes] of [...steps, []].entries()) {
          if (index === Math.min(startAt, steps.length)) {
            applyEvents(known, target.start(database.snapshot()));
            database.subscribe(({ changes, current }) => {
              applyEvents(known, target.onCommit(changes, current));
              const expected = runQuery(current, watched).map((document) => document.name);
              expect([...known.keys()].sort()).toEqual(expected.sort());
            });
          }
          await database.commit(writes);
        }
        expect([...known.values()]).toEqual(
          expect.arrayContaining(runQuery(database.snapshot(), watched)),
        );
      }),
    );
  });

  it('tells a client that comes back exactly what it missed', async () => {
    await fc.assert(
      fc.asyncProperty(commits, commits, query, async (before, after, watched) => {
        const database = createDatabase({ name: DATABASE });
        for (const writes of before) await database.commit(writes);
        const time = database.now();
        const known = new Map<string, Document>();
        const watchedQuery = { kind: 'query', query: watched } as const;
        applyEvents(known, createListenTarget(watchedQuery).start(database.snapshot()));
        for (const writes of after) await database.commit(writes);

        const events = createListenTarget(watchedQuery).start(
          database.snapshot(),
          database.snapshot(time),
        );
        const unchanged = events.filter(
          (event) => event.kind === 'changed' && known.get(event.document.name) === event.document,
        );
        expect(unchanged).toEqual([]);
        applyEvents(known, events);
        const expected = runQuery(database.snapshot(), watched);
        expect(new Set(known.values())).toEqual(new Set(expected));
      }),
    );
  });

  it('tells a new client of documents that are missing', () => {
    const database = createDatabase({ name: DATABASE });
    const name = `${DATABASE}/documents/c/a`;
    const target = createListenTarget({ kind: 'documents', names: [name] });
    expect(target.start(database.snapshot())).toEqual([{ kind: 'deleted', name }]);
  });
});
