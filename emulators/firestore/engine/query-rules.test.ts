import { describe, expect, it } from 'vitest';
import { parseFieldPath } from './field-path.ts';
import type { FieldOperator, Filter, Query } from './query.ts';
import { checkQuery } from './query-rules.ts';
import type { Value } from './value.ts';

const ROOT = 'projects/p/databases/d/documents';
const one: Value = { kind: 'integer', value: 1n };

function list(length: number): Value {
  return { kind: 'array', values: Array.from({ length }, () => one) };
}

function where(operator: FieldOperator, value: Value = one, field = 'a'): Filter {
  return { kind: 'field', field: parseFieldPath(field), operator, value };
}

function and(...filters: Filter[]): Filter {
  return { kind: 'and', filters };
}

function or(...filters: Filter[]): Filter {
  return { kind: 'or', filters };
}

function check(filter: Filter, more: Partial<Query> = {}) {
  const scope = { parent: ROOT, collectionId: 'c', allDescendants: false };
  return () => checkQuery({ scope, filter, orders: [], offset: 0, ...more });
}

describe('a query is accepted', () => {
  it.each<[string, Filter]>([
    ['with 30 values in a list', where('IN', list(30))],
    ['with 30 disjunctions', and(where('IN', list(15)), or(where('EQUAL'), where('EQUAL')))],
    ['with 10 values in a not-in', where('NOT_IN', list(10))],
    [
      'with a membership in each alternative',
      or(where('ARRAY_CONTAINS'), where('ARRAY_CONTAINS_ANY', list(2))),
    ],
  ])('%s', (_, filter) => {
    expect(check(filter)).not.toThrow();
  });
});

describe('a query is refused', () => {
  it.each<[string, Filter]>([
    ['with 31 values in a list', where('IN', list(31))],
    ['with 31 alternatives', or(...Array.from({ length: 31 }, () => where('EQUAL')))],
    [
      'with 32 disjunctions by multiplication',
      and(where('IN', list(16)), or(where('EQUAL'), where('EQUAL'))),
    ],
    [
      'with alternatives that explode',
      and(...Array.from({ length: 40 }, () => or(where('EQUAL'), where('EQUAL')))),
    ],
    ['with 11 values in a not-in', where('NOT_IN', list(11))],
    ['with an empty list', where('IN', list(0))],
    ['with a list that is none', where('IN')],
    ['with not-in and !=', and(where('NOT_IN', list(1)), where('NOT_EQUAL'))],
    ['with not-in and in', and(where('NOT_IN', list(1)), where('IN', list(1)))],
    ['with not-in in an OR', or(where('NOT_IN', list(1)), where('EQUAL'))],
    ['with two memberships', and(where('ARRAY_CONTAINS'), where('ARRAY_CONTAINS'))],
    [
      'with both kinds of membership',
      and(where('ARRAY_CONTAINS'), where('ARRAY_CONTAINS_ANY', list(1))),
    ],
    ['with a name that is no reference', where('EQUAL', one, '__name__')],
    [
      'with a name of a collection',
      where('EQUAL', { kind: 'reference', name: `${ROOT}/c` }, '__name__'),
    ],
    [
      'with inequalities on 11 fields',
      and(...Array.from('abcdefghijk', (field) => where('LESS_THAN', one, field))),
    ],
  ])('%s', (_, filter) => {
    expect(check(filter)).toThrow();
  });

  it.each<[string, Partial<Query>]>([
    ['with more cursor values than orders', { startAt: { values: [one, one], before: true } }],
    ['with an empty cursor', { endAt: { values: [], before: true } }],
    ['with a negative offset', { offset: -1 }],
    ['with a negative limit', { limit: -1 }],
    [
      'from a parent that is a collection',
      { scope: { parent: `${ROOT}/c`, collectionId: 'c', allDescendants: false } },
    ],
    [
      'from a reserved collection',
      { scope: { parent: ROOT, collectionId: '__c__', allDescendants: false } },
    ],
    [
      'over all collections with a filter on a field',
      { scope: { parent: ROOT, allDescendants: true } },
    ],
  ])('%s', (_, more) => {
    expect(check(where('EQUAL'), more)).toThrow();
  });
});
