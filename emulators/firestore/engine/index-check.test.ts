import { describe, expect, it } from 'vitest';
import { parseFieldPath } from './field-path.ts';
import { checkIndexes } from './index-check.ts';
import { type IndexConfiguration, parseIndexConfiguration } from './index-configuration.ts';
import type { Aggregation, Condition, FieldOperator, Filter, Order, Query } from './query.ts';
import type { Value } from './value.ts';

const one: Value = { kind: 'integer', value: 1n };

function where(field: string, operator: FieldOperator): Condition {
  const value: Value = operator === 'IN' ? { kind: 'array', values: [one] } : one;
  return { kind: 'field', field: parseFieldPath(field), operator, value };
}

function by(text: string): Order {
  const [field = '', direction] = text.split(' ');
  return { field: parseFieldPath(field), descending: direction === 'desc' };
}

interface Shape {
  filters?: Filter[];
  orders?: string[];
  group?: boolean;
  sum?: string;
}

function check(
  { filters = [], orders = [], group = false, sum }: Shape,
  configuration: IndexConfiguration = {},
) {
  const query: Query = {
    scope: {
      parent: 'projects/p/databases/d/documents',
      collectionId: 'calls',
      allDescendants: group,
    },
    filter: { kind: 'and', filters },
    orders: orders.map(by),
    offset: 0,
  };
  const aggregations: Aggregation[] = sum
    ? [{ alias: 's', kind: 'sum', field: parseFieldPath(sum) }]
    : [];
  return () => checkIndexes(parseIndexConfiguration(configuration), query, aggregations);
}

/** The JSON that the refusal shows. */
function adviceOf(refused: () => void): { fields?: unknown; [key: string]: unknown } {
  try {
    refused();
  } catch (error) {
    return JSON.parse(/\{.*\}$/.exec((error as Error).message)?.[0] ?? 'null');
  }
  throw new Error('The query was not refused.');
}

function index(fields: string, queryScope: 'COLLECTION' | 'COLLECTION_GROUP' = 'COLLECTION') {
  return {
    collectionGroup: 'calls',
    queryScope,
    fields: fields.split(', ').map((text) => {
      const [fieldPath = '', mode] = text.split(' ');
      if (mode === 'contains') return { fieldPath, arrayConfig: 'CONTAINS' as const };
      return {
        fieldPath,
        order: mode === 'desc' ? ('DESCENDING' as const) : ('ASCENDING' as const),
      };
    }),
  };
}

describe('a query needs no composite index', () => {
  it.each<[string, Shape]>([
    ['without filter and order', {}],
    ['with an equality', { filters: [where('a', 'EQUAL')] }],
    ['with several equalities', { filters: [where('a', 'EQUAL'), where('b', 'IN')] }],
    ['with an array membership', { filters: [where('t', 'ARRAY_CONTAINS')] }],
    [
      'with a membership and an equality',
      { filters: [where('t', 'ARRAY_CONTAINS'), where('a', 'EQUAL')] },
    ],
    ['with a range', { filters: [where('a', 'LESS_THAN'), where('a', 'GREATER_THAN')] }],
    ['with one order', { orders: ['a desc'] }],
    ['with a range and the same order', { filters: [where('a', 'NOT_EQUAL')], orders: ['a desc'] }],
    ['ordered by name', { orders: ['__name__'] }],
    [
      'with equalities, ordered by name',
      { filters: [where('a', 'EQUAL')], orders: ['__name__ desc'] },
    ],
    [
      'with a bound on the name',
      { filters: [where('a', 'EQUAL'), where('__name__', 'GREATER_THAN')] },
    ],
    ['ordered by a field of an equality', { filters: [where('a', 'EQUAL')], orders: ['a'] }],
    ['for a collection group without filter', { group: true }],
    ['for a sum', { sum: 'n' }],
  ])('%s', (_, shape) => {
    expect(check(shape)).not.toThrow();
  });
});

describe('a query needs a composite index', () => {
  it.each<[string, Shape, string]>([
    ['equality and order', { filters: [where('a', 'EQUAL')], orders: ['b desc'] }, 'a, b desc'],
    ['equality and range', { filters: [where('b', 'EQUAL'), where('a', 'LESS_THAN')] }, 'b, a'],
    ['two orders', { orders: ['b', 'a desc'] }, 'b, a desc'],
    ['two ranges', { filters: [where('b', 'LESS_THAN'), where('a', 'LESS_THAN')] }, 'a, b'],
    [
      'membership and order',
      { filters: [where('t', 'ARRAY_CONTAINS')], orders: ['a'] },
      't contains, a',
    ],
    ['in and order', { filters: [where('a', 'IN')], orders: ['b'] }, 'a, b'],
    ['names against the order', { orders: ['a', '__name__ desc'] }, 'a, __name__ desc'],
    ['names backwards', { orders: ['__name__ desc'] }, '__name__ desc'],
    ['equality and sum', { filters: [where('a', 'EQUAL')], sum: 'n' }, 'a, n'],
  ])('for %s', (_, shape, fields) => {
    expect(adviceOf(check(shape))).toEqual(index(fields));
    expect(check(shape, { indexes: [index(fields)] })).not.toThrow();
  });

  it('in its scope', () => {
    const shape = { filters: [where('a', 'EQUAL')], orders: ['b'], group: true };
    expect(adviceOf(check(shape))).toEqual(index('a, b', 'COLLECTION_GROUP'));
    expect(check(shape, { indexes: [index('a, b')] })).toThrow();
    expect(check(shape, { indexes: [index('a, b', 'COLLECTION_GROUP')] })).not.toThrow();
  });

  it('with the directions of its orders', () => {
    const shape = { filters: [where('a', 'EQUAL')], orders: ['b desc'] };
    expect(check(shape, { indexes: [index('a, b')] })).toThrow(/requires an index/);
    expect(check(shape, { indexes: [index('a desc, b desc')] })).not.toThrow();
  });

  it('without fields that it does not use', () => {
    const shape = { filters: [where('a', 'EQUAL')], orders: ['b'] };
    expect(check(shape, { indexes: [index('a, c, b')] })).toThrow();
    expect(check(shape, { indexes: [index('a, b, c')] })).toThrow();
  });

  it('or several that end with its orders and together have all of its fields', () => {
    const shape = { filters: [where('a', 'EQUAL'), where('c', 'EQUAL')], orders: ['b'] };
    expect(check(shape, { indexes: [index('a, b')] })).toThrow();
    expect(check(shape, { indexes: [index('a, b'), index('c, b')] })).not.toThrow();
    expect(check(shape, { indexes: [index('c, a, b')] })).not.toThrow();
  });

  it('for each alternative of an OR', () => {
    const filter: Filter = { kind: 'or', filters: [where('a', 'EQUAL'), where('c', 'EQUAL')] };
    const shape = { filters: [filter], orders: ['b'] };
    expect(check(shape, { indexes: [index('a, b')] })).toThrow(/"c"/);
    expect(check(shape, { indexes: [index('a, b'), index('c, b')] })).not.toThrow();
  });
});

describe('an exempted field', () => {
  const exempt = (fieldPath: string): IndexConfiguration => ({
    fieldOverrides: [{ collectionGroup: 'calls', fieldPath, indexes: [] }],
  });

  it('can be neither filtered nor ordered by', () => {
    expect(check({ filters: [where('a', 'EQUAL')] }, exempt('a'))).toThrow(/single-field index/);
    expect(check({ orders: ['a'] }, exempt('a'))).toThrow(/fieldOverrides/);
    expect(check({ filters: [where('b', 'EQUAL')] }, exempt('a'))).not.toThrow();
  });

  it('takes the fields inside its map with it', () => {
    expect(check({ filters: [where('a.b', 'EQUAL')] }, exempt('a'))).toThrow();
    expect(check({ filters: [where('a', 'EQUAL')] }, exempt('a.b'))).not.toThrow();
  });

  it('may be all fields of a collection', () => {
    expect(check({ filters: [where('a', 'EQUAL')] }, exempt('*'))).toThrow();
  });

  it('can still be part of a composite index', () => {
    const configuration = { ...exempt('a'), indexes: [index('a, b')] };
    expect(check({ filters: [where('a', 'EQUAL')], orders: ['b'] }, configuration)).not.toThrow();
  });
});

describe('a collection group', () => {
  it('needs an override to be filtered by a field, which the refusal shows whole', () => {
    const shape = { filters: [where('a', 'EQUAL')], group: true };
    const override = adviceOf(check(shape));
    expect(override).toEqual({
      collectionGroup: 'calls',
      fieldPath: 'a',
      indexes: [
        { queryScope: 'COLLECTION', order: 'ASCENDING' },
        { queryScope: 'COLLECTION', order: 'DESCENDING' },
        { queryScope: 'COLLECTION', arrayConfig: 'CONTAINS' },
        { queryScope: 'COLLECTION_GROUP', order: 'ASCENDING' },
      ],
    });
    const configuration = { fieldOverrides: [override] } as unknown as IndexConfiguration;
    expect(check(shape, configuration)).not.toThrow();
    expect(check({ ...shape, group: false }, configuration)).not.toThrow();
  });
});

describe('firestore.indexes.json', () => {
  it('is refused with the place of the mistake', () => {
    const wrong = {
      indexes: [{ collectionGroup: 'calls', fields: [{ fieldPath: 'a', order: 'UP' }] }],
    };
    expect(() => parseIndexConfiguration(wrong)).toThrow(/indexes\[0\]\.fields\[0\]\.order/);
  });
});
