import type { Snapshot } from './document-store.ts';
import { fieldOf, projectDocument } from './field-path.ts';
import { matchesFilter } from './filter.ts';
import { type Cursor, completeOrders, type Order, type Query } from './query.ts';
import { isInScope } from './resource-name.ts';
import type { Document, Value } from './value.ts';
import { compareValues } from './value-order.ts';

/** A document with its values for the orders of the query. */
interface Row {
  readonly document: Document;
  readonly key: readonly Value[];
}

/** The results of a query, whole: `project` cuts them to the fields that were asked for. */
export function runQuery(snapshot: Snapshot, query: Query): Document[] {
  const orders = completeOrders(query);
  const rows: Row[] = [];
  for (const document of snapshot.documentsIn(query.scope)) {
    const key = matchesFilter(document, query.filter) && keyOf(document, orders);
    if (key && isBetween(key, query, orders)) rows.push({ document, key });
  }
  rows.sort((a, b) => compareKeys(a.key, b.key, orders));
  const end = query.limit === undefined ? undefined : query.offset + query.limit;
  return rows.slice(query.offset, end).map(({ document }) => document);
}

/** Whether a document belongs to the results, limit and offset apart. */
export function isResult(document: Document, query: Query): boolean {
  if (!isInScope(document.name, query.scope)) return false;
  if (!matchesFilter(document, query.filter)) return false;
  const orders = completeOrders(query);
  const key = keyOf(document, orders);
  return key !== undefined && isBetween(key, query, orders);
}

export function project(document: Document, query: Query): Document {
  return query.projection ? projectDocument(document, query.projection) : document;
}

/** Undefined when a field of the order is missing: such a document is in no index on it. */
function keyOf(document: Document, orders: readonly Order[]): Value[] | undefined {
  const key: Value[] = [];
  for (const { field } of orders) {
    const value = fieldOf(document, field);
    if (value === undefined) return undefined;
    key.push(value);
  }
  return key;
}

function isBetween(key: readonly Value[], query: Query, orders: readonly Order[]): boolean {
  const { startAt, endAt } = query;
  return (!startAt || isAfter(key, startAt, orders)) && (!endAt || !isAfter(key, endAt, orders));
}

/** Whether a row lies behind the cursor's position, which is just before or just after its values. */
function isAfter(key: readonly Value[], cursor: Cursor, orders: readonly Order[]): boolean {
  const order = compareKeys(key, cursor.values, orders);
  return cursor.before ? order >= 0 : order > 0;
}

/** Compares as many values as both sides have. */
function compareKeys(
  left: readonly Value[],
  right: readonly Value[],
  orders: readonly Order[],
): number {
  for (const [index, { descending }] of orders.entries()) {
    const a = left[index];
    const b = right[index];
    if (a === undefined || b === undefined) return 0;
    const order = compareValues(a, b);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}
