import type { Snapshot } from './document-store.ts';
import { type FieldPath, getField, isNameField } from './field-path.ts';
import type { Aggregation, Query } from './query.ts';
import { runQuery } from './run-query.ts';
import { type Document, isNumber, nullValue, type Value } from './value.ts';

const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);

/**
 * Count, sum and average over the results of a query, by alias. As an index has only documents
 * with all of its fields, a document without one of the aggregated fields counts nowhere, not
 * even in a count beside the sum.
 */
export function aggregate(
  snapshot: Snapshot,
  query: Query,
  aggregations: readonly Aggregation[],
): { values: Map<string, Value>; documents: Document[] } {
  const fields = aggregatedFields(aggregations);
  const indexed: Snapshot = {
    ...snapshot,
    *documentsIn(scope) {
      for (const document of snapshot.documentsIn(scope)) {
        if (hasFields(document, fields)) yield document;
      }
    },
  };
  const documents = runQuery(indexed, query);
  const values = new Map<string, Value>();
  for (const aggregation of aggregations) {
    values.set(aggregation.alias, evaluate(aggregation, documents));
  }
  return { values, documents };
}

/** The distinct fields that are summed or averaged. */
export function aggregatedFields(aggregations: readonly Aggregation[]): FieldPath[] {
  const fields = new Map<string, FieldPath>();
  for (const aggregation of aggregations) {
    if (aggregation.kind === 'count' || isNameField(aggregation.field)) continue;
    fields.set(aggregation.field.text, aggregation.field);
  }
  return [...fields.values()];
}

function hasFields(document: Document, fields: readonly FieldPath[]): boolean {
  return fields.every(({ segments }) => getField(document.fields, segments) !== undefined);
}

function evaluate(aggregation: Aggregation, documents: readonly Document[]): Value {
  if (aggregation.kind === 'count') {
    const count = BigInt(documents.length);
    const { upTo } = aggregation;
    return { kind: 'integer', value: upTo !== undefined && count > upTo ? upTo : count };
  }
  const numbers: (number | bigint)[] = [];
  for (const { fields } of documents) {
    const value = getField(fields, aggregation.field.segments);
    if (value && isNumber(value)) numbers.push(value.value);
  }
  if (aggregation.kind === 'sum') return sum(numbers);
  if (numbers.length === 0) return nullValue;
  const total = sum(numbers);
  return { kind: 'double', value: isNumber(total) ? Number(total.value) / numbers.length : 0 };
}

/** An integer as long as all terms are and the sum fits into 64 bits; otherwise a double. */
function sum(numbers: readonly (number | bigint)[]): Value {
  const integers = numbers.filter((number) => typeof number === 'bigint');
  const exact = integers.reduce((total, number) => total + number, 0n);
  const isInteger =
    integers.length === numbers.length && exact >= MIN_INTEGER && exact <= MAX_INTEGER;
  if (isInteger) return { kind: 'integer', value: exact };
  const doubles = numbers.filter((number) => typeof number === 'number');
  return { kind: 'double', value: doubles.reduce((total, n) => total + n, Number(exact)) };
}
