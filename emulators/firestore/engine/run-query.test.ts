import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  documents,
  findNaively,
  type Plain,
  type PlainDocument,
  type PlainFilter,
  type PlainOperator,
  type PlainQuery,
  query,
} from '../testing/query-model.ts';
import { createCommitClock } from './commit-clock.ts';
import { createDocumentStore, type Snapshot } from './document-store.ts';
import { parseFieldPath } from './field-path.ts';
import type { FieldOperator, Filter, Query } from './query.ts';
import { idOf } from './resource-name.ts';
import { isResult, runQuery } from './run-query.ts';
import type { Document, Value } from './value.ts';

const ROOT = 'projects/p/databases/d/documents';

const OPERATORS: Record<PlainOperator, FieldOperator> = {
  '==': 'EQUAL',
  '!=': 'NOT_EQUAL',
  '<': 'LESS_THAN',
  '<=': 'LESS_THAN_OR_EQUAL',
  '>': 'GREATER_THAN',
  '>=': 'GREATER_THAN_OR_EQUAL',
  in: 'IN',
  'not-in': 'NOT_IN',
  'array-contains': 'ARRAY_CONTAINS',
  'array-contains-any': 'ARRAY_CONTAINS_ANY',
};

function toValue(plain: Plain): Value {
  if (plain === null) return { kind: 'null' };
  if (Array.isArray(plain)) return { kind: 'array', values: plain.map(toValue) };
  if (typeof plain === 'boolean') return { kind: 'boolean', value: plain };
  if (typeof plain === 'string') return { kind: 'string', value: plain };
  // Whole numbers alternate between the two kinds of number, which no query tells apart.
  if (plain === 1) return { kind: 'integer', value: 1n };
  return { kind: 'double', value: plain };
}

function toFilter(filter: PlainFilter): Filter {
  if ('all' in filter) return { kind: 'and', filters: filter.all.map(toFilter) };
  if ('any' in filter) return { kind: 'or', filters: filter.any.map(toFilter) };
  const { field, operator, operand } = filter;
  return {
    kind: 'field',
    field: parseFieldPath(field),
    operator: OPERATORS[operator],
    value: toValue(operand),
  };
}

function toQuery(plain: PlainQuery): Query {
  return {
    scope: { parent: ROOT, collectionId: 'c', allDescendants: false },
    ...(plain.filter && { filter: toFilter(plain.filter) }),
    orders: plain.orders.map(({ field, descending }) => ({
      field: parseFieldPath(field),
      descending,
    })),
    ...(plain.startAt && {
      startAt: { values: plain.startAt.values.map(toValue), before: plain.startAt.inclusive },
    }),
    offset: plain.offset,
    ...(plain.limit !== undefined && { limit: plain.limit }),
  };
}

function toDocument({ id, data }: PlainDocument): Document {
  const fields = new Map(Object.entries(data).map(([key, value]) => [key, toValue(value)]));
  return { name: `${ROOT}/c/${id}`, fields, createTime: 1n, updateTime: 1n };
}

function snapshotOf(contents: readonly Document[]): Snapshot {
  const store = createDocumentStore(createCommitClock(Date.now), 0n);
  store.replaceAll(contents, 1n);
  return store.latest();
}

describe('a query', () => {
  it('finds what a naive model finds, in the same order', () => {
    fc.assert(
      fc.property(documents, query, (contents, plainQuery) => {
        const snapshot = snapshotOf(contents.map(toDocument));
        const found = runQuery(snapshot, toQuery(plainQuery)).map(({ name }) => idOf(name));
        expect(found).toEqual(findNaively(contents, plainQuery));
      }),
      { numRuns: 1000 },
    );
  });

  it('knows of each document alone whether it belongs to the results', () => {
    fc.assert(
      fc.property(documents, query, (contents, plainQuery) => {
        const stored = contents.map(toDocument);
        const { limit: _, ...unlimited } = { ...toQuery(plainQuery), offset: 0 };
        const found = new Set(runQuery(snapshotOf(stored), unlimited));
        for (const document of stored) {
          expect(isResult(document, unlimited)).toBe(found.has(document));
        }
      }),
      { numRuns: 500 },
    );
  });
});
