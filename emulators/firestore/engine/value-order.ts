import { compareNames } from './resource-name.ts';
import { compareText } from './text-order.ts';
import type { Fields, Value } from './value.ts';

/**
 * Ranks of the kinds, from https://firebase.google.com/docs/firestore/manage-data/data-types:
 * null, boolean, number (NaN first), time, text, bytes, reference, point, array, vector, map.
 */
const RANK: Record<Value['kind'], number> = {
  null: 0,
  boolean: 1,
  integer: 2,
  double: 2,
  timestamp: 3,
  string: 4,
  bytes: 5,
  reference: 6,
  geoPoint: 7,
  array: 8,
  vector: 9,
  map: 10,
};

/** Whether two values are of one type for range filters, which never reach across types. */
export function isSameType(left: Value, right: Value): boolean {
  return RANK[left.kind] === RANK[right.kind];
}

/** Firestore's total order of values: negative, zero or positive. Zero means equal for queries. */
export function compareValues(left: Value, right: Value): number {
  const rank = RANK[left.kind] - RANK[right.kind];
  if (rank !== 0) return rank;
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left.value, right.value);
  if (left.kind === 'boolean' && right.kind === 'boolean') {
    return Number(left.value) - Number(right.value);
  }
  if (left.kind === 'timestamp' && right.kind === 'timestamp') {
    return compareNumbers(left.nanoseconds, right.nanoseconds);
  }
  if (left.kind === 'string' && right.kind === 'string')
    return compareText(left.value, right.value);
  if (left.kind === 'bytes' && right.kind === 'bytes') {
    return Buffer.compare(left.value, right.value);
  }
  if (left.kind === 'reference' && right.kind === 'reference') {
    return compareNames(left.name, right.name);
  }
  if (left.kind === 'geoPoint' && right.kind === 'geoPoint') {
    return (
      compareNumbers(left.latitude, right.latitude) ||
      compareNumbers(left.longitude, right.longitude)
    );
  }
  if (left.kind === 'array' && right.kind === 'array') {
    return compareLists(left.values, right.values, compareValues);
  }
  if (left.kind === 'vector' && right.kind === 'vector') {
    return (
      left.values.length - right.values.length ||
      compareLists(left.values, right.values, compareNumbers)
    );
  }
  if (left.kind === 'map' && right.kind === 'map') return compareMaps(left.fields, right.fields);
  return 0;
}

/** Equality as filters and array transforms see it: 1 equals 1.0, NaN equals NaN, -0 equals 0. */
export function equalValues(left: Value, right: Value): boolean {
  return compareValues(left, right) === 0;
}

/** Equality as storage sees it: 1 and 1.0 differ, -0 and 0 differ, NaN is itself. */
export function identicalValues(left: Value, right: Value): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind === 'map' && right.kind === 'map')
    return identicalFields(left.fields, right.fields);
  if (left.kind === 'array' && right.kind === 'array') {
    return identicalLists(left.values, right.values, identicalValues);
  }
  if (left.kind === 'vector' && right.kind === 'vector') {
    return identicalLists(left.values, right.values, Object.is);
  }
  if (left.kind === 'double' && right.kind === 'double') return Object.is(left.value, right.value);
  return compareValues(left, right) === 0;
}

/** Whether two documents hold the same fields, so that a write between them changes nothing. */
export function identicalFields(left: Fields, right: Fields): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    const other = right.get(key);
    if (other === undefined || !identicalValues(value, other)) return false;
  }
  return true;
}

function isNumeric(value: Value): value is Value & { kind: 'integer' | 'double' } {
  return value.kind === 'integer' || value.kind === 'double';
}

/** JavaScript compares a bigint with a number exactly, so large integers keep their order. */
function compareNumbers(left: number | bigint, right: number | bigint): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
}

function compareLists<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const order = compare(left[index] as T, right[index] as T);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareMaps(left: Fields, right: Fields): number {
  const byKey = ([a]: [string, Value], [b]: [string, Value]) => compareText(a, b);
  return compareLists(
    [...left].sort(byKey),
    [...right].sort(byKey),
    (a, b) => compareText(a[0], b[0]) || compareValues(a[1], b[1]),
  );
}

function identicalLists<T>(
  left: readonly T[],
  right: readonly T[],
  identical: (a: T, b: T) => boolean,
): boolean {
  return (
    left.length === right.length &&
    left.every((value, index) => identical(value, right[index] as T))
  );
}
