import { type Conjunction, countDisjunctions, toDisjunctions } from './disjunctions.ts';
import { invalidArgument } from './errors.ts';
import { isNameField } from './field-path.ts';
import {
  type Condition,
  type Cursor,
  completeOrders,
  conditionsOf,
  type Filter,
  inequalityFields,
  type Order,
  type Query,
} from './query.ts';
import { checkCollectionId, checkDocumentName, checkParentName } from './resource-name.ts';
import type { Value } from './value.ts';

// https://firebase.google.com/docs/firestore/query-data/queries#query_limitations
const MAX_DISJUNCTIONS = 30;
const MAX_NOT_IN = 10;
const MAX_INEQUALITY_FIELDS = 10;

/** Refuses a query that production refuses, whatever indexes there are. */
export function checkQuery(query: Query): void {
  checkParentName(query.scope.parent);
  if (query.scope.collectionId !== undefined) checkCollectionId(query.scope.collectionId);
  if (query.offset < 0) throw invalidArgument('The offset of a query must not be negative.');
  if ((query.limit ?? 0) < 0) throw invalidArgument('The limit of a query must not be negative.');
  checkDisjunctionCount(query.filter);
  checkInequalityCount(query.filter);
  for (const condition of conditionsOf(query.filter)) checkOperand(condition);
  checkNotIn(query.filter);
  for (const conjunction of toDisjunctions(query.filter, MAX_DISJUNCTIONS)) {
    checkArrayConditions(conjunction);
  }
  const orders = completeOrders(query);
  checkCursor(query.startAt, orders);
  checkCursor(query.endAt, orders);
  checkKindless(query);
}

function checkDisjunctionCount(filter: Filter | undefined): void {
  const count = countDisjunctions(filter);
  if (count > MAX_DISJUNCTIONS) {
    throw invalidArgument(
      `The query has ${count} disjunctions, at most ${MAX_DISJUNCTIONS} are allowed: each value of in and array-contains-any and each part of an OR counts, and an AND multiplies them. Split the query.`,
    );
  }
}

function checkInequalityCount(filter: Filter | undefined): void {
  const count = inequalityFields(filter).length;
  if (count > MAX_INEQUALITY_FIELDS) {
    throw invalidArgument(
      `The query has inequalities on ${count} fields, at most ${MAX_INEQUALITY_FIELDS} are allowed.`,
    );
  }
}

function checkOperand(condition: Condition): void {
  if (condition.kind === 'unary') return;
  const { operator, value, field } = condition;
  const needsList = operator === 'IN' || operator === 'NOT_IN' || operator === 'ARRAY_CONTAINS_ANY';
  if (needsList && (value.kind !== 'array' || value.values.length === 0)) {
    throw invalidArgument(`${operator} on "${field.text}" needs a list of at least one value.`);
  }
  if (operator === 'NOT_IN' && value.kind === 'array' && value.values.length > MAX_NOT_IN) {
    throw invalidArgument(`NOT_IN on "${field.text}" takes at most ${MAX_NOT_IN} values.`);
  }
  if (isNameField(field)) {
    if (operator === 'ARRAY_CONTAINS' || operator === 'ARRAY_CONTAINS_ANY') {
      throw invalidArgument('__name__ is not an array.');
    }
    for (const name of needsList && value.kind === 'array' ? value.values : [value]) {
      checkNameValue(name);
    }
  }
}

function checkNameValue(value: Value): void {
  if (value.kind !== 'reference') {
    throw invalidArgument('__name__ can only be compared with document references.');
  }
  checkDocumentName(value.name);
}

function checkNotIn(filter: Filter | undefined): void {
  const operators = conditionsOf(filter).map(({ operator }) => operator);
  if (!operators.includes('NOT_IN')) return;
  const excluded = ['IN', 'ARRAY_CONTAINS_ANY', 'NOT_EQUAL', 'IS_NOT_NULL', 'IS_NOT_NAN'];
  const other = operators.find((operator) => excluded.includes(operator));
  if (other) throw invalidArgument(`NOT_IN and ${other} cannot be combined in one query.`);
  if (operators.filter((operator) => operator === 'NOT_IN').length > 1) {
    throw invalidArgument('A query can hold only one NOT_IN.');
  }
  if (countDisjunctions(filter) > 1) {
    throw invalidArgument('NOT_IN and OR cannot be combined in one query.');
  }
}

function checkArrayConditions(conjunction: Conjunction): void {
  const arrays = conjunction.filter(({ operator }) => operator.startsWith('ARRAY_CONTAINS'));
  if (arrays.length > 1) {
    throw invalidArgument(
      'Only one array-contains or array-contains-any is allowed in each disjunction of a query.',
    );
  }
}

function checkCursor(cursor: Cursor | undefined, orders: readonly Order[]): void {
  if (!cursor) return;
  if (cursor.values.length === 0) throw invalidArgument('A cursor must hold at least one value.');
  if (cursor.values.length > orders.length) {
    throw invalidArgument(
      `A cursor has ${cursor.values.length} values but the query has only ${orders.length} orders.`,
    );
  }
  for (const [index, value] of cursor.values.entries()) {
    const order = orders[index];
    if (order && isNameField(order.field)) checkNameValue(value);
  }
}

function checkKindless(query: Query): void {
  if (query.scope.collectionId !== undefined) return;
  const fields = [...conditionsOf(query.filter), ...query.orders].map(({ field }) => field);
  const other = fields.find((field) => !isNameField(field));
  if (other) {
    throw invalidArgument(
      `A query over all collections can filter and order by __name__ only, not by "${other.text}".`,
    );
  }
}
