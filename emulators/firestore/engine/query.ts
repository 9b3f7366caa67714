import { type FieldPath, isNameField, NAME_FIELD } from './field-path.ts';
import type { Scope } from './resource-name.ts';
import { compareText } from './text-order.ts';
import type { Value } from './value.ts';

export type FieldOperator =
  | 'LESS_THAN'
  | 'LESS_THAN_OR_EQUAL'
  | 'GREATER_THAN'
  | 'GREATER_THAN_OR_EQUAL'
  | 'EQUAL'
  | 'NOT_EQUAL'
  | 'ARRAY_CONTAINS'
  | 'IN'
  | 'ARRAY_CONTAINS_ANY'
  | 'NOT_IN';

export type UnaryOperator = 'IS_NAN' | 'IS_NULL' | 'IS_NOT_NAN' | 'IS_NOT_NULL';

export interface FieldFilter {
  readonly kind: 'field';
  readonly field: FieldPath;
  readonly operator: FieldOperator;
  readonly value: Value;
}

export interface UnaryFilter {
  readonly kind: 'unary';
  readonly field: FieldPath;
  readonly operator: UnaryOperator;
}

export interface AndFilter {
  readonly kind: 'and';
  readonly filters: readonly Filter[];
}

export interface OrFilter {
  readonly kind: 'or';
  readonly filters: readonly Filter[];
}

/** A condition on one field. */
export type Condition = FieldFilter | UnaryFilter;
export type Filter = Condition | AndFilter | OrFilter;

export interface Order {
  readonly field: FieldPath;
  readonly descending: boolean;
}

/** A position among the results: values for the first orders, just before or just after them. */
export interface Cursor {
  readonly values: readonly Value[];
  readonly before: boolean;
}

export interface Query {
  readonly scope: Scope;
  readonly filter?: Filter;
  readonly orders: readonly Order[];
  readonly startAt?: Cursor;
  readonly endAt?: Cursor;
  readonly offset: number;
  readonly limit?: number;
  /** The fields to return; absent for whole documents. */
  readonly projection?: readonly FieldPath[];
}

export type Aggregation = { readonly alias: string } & (
  | { readonly kind: 'count'; readonly upTo?: bigint }
  | { readonly kind: 'sum' | 'average'; readonly field: FieldPath }
);

const INEQUALITIES = new Set<FieldOperator | UnaryOperator>([
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL',
  'NOT_EQUAL',
  'NOT_IN',
  'IS_NOT_NAN',
  'IS_NOT_NULL',
]);

/** Whether the condition selects a range of the field's order, so that results follow that order. */
export function isInequality(condition: Condition): boolean {
  return INEQUALITIES.has(condition.operator);
}

/** All conditions of a filter, whatever joins them. */
export function conditionsOf(filter: Filter | undefined): Condition[] {
  if (filter === undefined) return [];
  if (filter.kind === 'and' || filter.kind === 'or') return filter.filters.flatMap(conditionsOf);
  return [filter];
}

/** Distinct fields with an inequality other than `__name__`, in the order of their paths. */
export function inequalityFields(filter: Filter | undefined): FieldPath[] {
  const fields = new Map<string, FieldPath>();
  for (const condition of conditionsOf(filter)) {
    if (isInequality(condition) && !isNameField(condition.field)) {
      fields.set(condition.field.text, condition.field);
    }
  }
  return [...fields.values()].sort((a, b) => compareText(a.text, b.text));
}

/**
 * The whole order of a query's results: its own orders, then each further field with an
 * inequality, then `__name__`, the added ones in the direction of the last own order.
 */
export function completeOrders(query: Pick<Query, 'filter' | 'orders'>): Order[] {
  const orders = [...query.orders];
  const descending = orders.at(-1)?.descending ?? false;
  for (const field of inequalityFields(query.filter)) {
    if (!orders.some((order) => order.field.text === field.text)) {
      orders.push({ field, descending });
    }
  }
  if (!orders.some((order) => isNameField(order.field))) {
    orders.push({ field: { text: NAME_FIELD, segments: [NAME_FIELD] }, descending });
  }
  return orders;
}
