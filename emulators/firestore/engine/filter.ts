import { fieldOf } from './field-path.ts';
import type { Condition, FieldFilter, Filter } from './query.ts';
import { type Document, isNaNValue, type Value } from './value.ts';
import { compareValues, equalValues, isSameType } from './value-order.ts';

/**
 * Whether a document satisfies a filter. A missing field satisfies no condition, not even `!=`;
 * null satisfies neither `!=` nor not-in; null and NaN inside a list of in or array-contains-any
 * match nothing; a null inside a not-in list rules out every document.
 */
export function matchesFilter(document: Document, filter: Filter | undefined): boolean {
  if (filter === undefined) return true;
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((part) => matchesFilter(document, part));
    case 'or':
      return filter.filters.some((part) => matchesFilter(document, part));
    default:
      return matchesCondition(document, filter);
  }
}

function matchesCondition(document: Document, condition: Condition): boolean {
  const value = fieldOf(document, condition.field);
  if (value === undefined) return false;
  if (condition.kind === 'field') return matchesField(value, condition);
  switch (condition.operator) {
    case 'IS_NULL':
      return value.kind === 'null';
    case 'IS_NOT_NULL':
      return value.kind !== 'null';
    case 'IS_NAN':
      return isNaNValue(value);
    case 'IS_NOT_NAN':
      return value.kind !== 'null' && !isNaNValue(value);
  }
}

function matchesField(value: Value, { operator, value: operand }: FieldFilter): boolean {
  switch (operator) {
    case 'EQUAL':
      return equalValues(value, operand);
    case 'NOT_EQUAL':
      return value.kind !== 'null' && !equalValues(value, operand);
    case 'LESS_THAN':
      return isSameType(value, operand) && compareValues(value, operand) < 0;
    case 'LESS_THAN_OR_EQUAL':
      return isSameType(value, operand) && compareValues(value, operand) <= 0;
    case 'GREATER_THAN':
      return isSameType(value, operand) && compareValues(value, operand) > 0;
    case 'GREATER_THAN_OR_EQUAL':
      return isSameType(value, operand) && compareValues(value, operand) >= 0;
    case 'IN':
      return isComparable(value) && includes(elementsOf(operand), value);
    case 'NOT_IN':
      return (
        value.kind !== 'null' &&
        !elementsOf(operand).some((element) => element.kind === 'null') &&
        !includes(elementsOf(operand), value)
      );
    case 'ARRAY_CONTAINS':
      return isComparable(operand) && includes(elementsOf(value), operand);
    case 'ARRAY_CONTAINS_ANY':
      return elementsOf(operand).some(
        (element) => isComparable(element) && includes(elementsOf(value), element),
      );
  }
}

/** Null and NaN are found by their own operators only. */
function isComparable(value: Value): boolean {
  return value.kind !== 'null' && !isNaNValue(value);
}

function elementsOf(value: Value): readonly Value[] {
  return value.kind === 'array' ? value.values : [];
}

function includes(values: readonly Value[], wanted: Value): boolean {
  return values.some((value) => equalValues(value, wanted));
}
