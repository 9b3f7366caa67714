import { Code, FirestoreError, invalidArgument } from '../engine/errors.ts';
import { type FieldPath, NAME_FIELD, parseFieldPath } from '../engine/field-path.ts';
import type {
  Aggregation,
  Cursor,
  FieldOperator,
  Filter,
  Order,
  Query,
  UnaryOperator,
} from '../engine/query.ts';
import type { Scope } from '../engine/resource-name.ts';
import type {
  WireAggregation,
  WireCursor,
  WireFieldReference,
  WireFilter,
  WireOrder,
  WireStructuredQuery,
} from './messages.ts';
import { decodeValue } from './values.ts';

const FIELD_OPERATORS: ReadonlySet<string> = new Set<FieldOperator>([
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL',
  'EQUAL',
  'NOT_EQUAL',
  'ARRAY_CONTAINS',
  'IN',
  'ARRAY_CONTAINS_ANY',
  'NOT_IN',
]);

const UNARY_OPERATORS: ReadonlySet<string> = new Set<UnaryOperator>([
  'IS_NAN',
  'IS_NULL',
  'IS_NOT_NAN',
  'IS_NOT_NULL',
]);

/** @param parent the name that the request carries beside its query */
export function decodeQuery(parent: string, wire: WireStructuredQuery | null | undefined): Query {
  if (!wire) throw invalidArgument('The request holds no structured query.');
  if (wire.findNearest) {
    throw new FirestoreError(Code.UNIMPLEMENTED, 'Vector search is not available locally.');
  }
  const startAt = decodeCursor(wire.startAt);
  const endAt = decodeCursor(wire.endAt);
  const limit = wire.limit ? (wire.limit.value ?? 0) : undefined;
  const projection = wire.select?.fields?.map(decodeField) ?? [];
  return {
    scope: decodeScope(parent, wire),
    ...(wire.where && { filter: decodeFilter(wire.where) }),
    orders: (wire.orderBy ?? []).map(decodeOrder),
    ...(startAt && { startAt }),
    ...(endAt && { endAt }),
    offset: wire.offset ?? 0,
    ...(limit !== undefined && { limit }),
    ...(projection.length > 0 && { projection }),
  };
}

function decodeScope(parent: string, wire: WireStructuredQuery): Scope {
  const [selector, ...others] = wire.from ?? [];
  if (others.length > 0) throw invalidArgument('A query can read from one collection only.');
  return {
    parent,
    ...(selector?.collectionId && { collectionId: selector.collectionId }),
    allDescendants: selector?.allDescendants ?? false,
  };
}

function decodeField(reference: WireFieldReference | null | undefined): FieldPath {
  return parseFieldPath(reference?.fieldPath ?? '');
}

function decodeOrder({ field, direction }: WireOrder): Order {
  return { field: decodeField(field), descending: direction === 'DESCENDING' };
}

function decodeCursor(cursor: WireCursor | null | undefined): Cursor | undefined {
  if (!cursor) return undefined;
  return { values: (cursor.values ?? []).map(decodeValue), before: cursor.before ?? false };
}

function decodeFilter(wire: WireFilter): Filter {
  if (wire.compositeFilter) {
    const filters = (wire.compositeFilter.filters ?? []).map(decodeFilter);
    if (filters.length === 0) throw invalidArgument('A composite filter must not be empty.');
    return { kind: wire.compositeFilter.op === 'OR' ? 'or' : 'and', filters };
  }
  if (wire.unaryFilter) {
    const operator = String(wire.unaryFilter.op);
    if (!isUnaryOperator(operator)) throw invalidArgument(`Unknown unary operator ${operator}.`);
    return { kind: 'unary', field: decodeField(wire.unaryFilter.field), operator };
  }
  if (wire.fieldFilter) {
    const operator = String(wire.fieldFilter.op);
    if (!isFieldOperator(operator)) throw invalidArgument(`Unknown operator ${operator}.`);
    const field = decodeField(wire.fieldFilter.field);
    return { kind: 'field', field, operator, value: decodeValue(wire.fieldFilter.value ?? {}) };
  }
  throw invalidArgument('A filter must be composite, on a field, or unary.');
}

function isFieldOperator(operator: string): operator is FieldOperator {
  return FIELD_OPERATORS.has(operator);
}

function isUnaryOperator(operator: string): operator is UnaryOperator {
  return UNARY_OPERATORS.has(operator);
}

export function decodeAggregation(wire: WireAggregation, index: number): Aggregation {
  const alias = wire.alias || `field_${index + 1}`;
  if (wire.count) {
    const upTo = wire.count.upTo?.value;
    return { alias, kind: 'count', ...(upTo != null && { upTo: BigInt(String(upTo)) }) };
  }
  if (wire.sum) return { alias, kind: 'sum', field: decodeField(wire.sum.field) };
  if (wire.avg) return { alias, kind: 'average', field: decodeField(wire.avg.field) };
  throw invalidArgument('An aggregation must be count, sum or avg.');
}

/** Reads the `a desc, b` of a request to list documents. */
export function decodeOrderText(text: string): Order[] {
  if (text.trim() === '') return [{ field: parseFieldPath(NAME_FIELD), descending: false }];
  return text.split(',').map((part) => {
    const [path = '', direction = 'asc'] = part.trim().split(/\s+/);
    if (!/^(asc|desc)$/i.test(direction)) {
      throw invalidArgument(`"${text}" is not an order such as "priority desc, __name__".`);
    }
    return { field: parseFieldPath(path), descending: direction.toLowerCase() === 'desc' };
  });
}
