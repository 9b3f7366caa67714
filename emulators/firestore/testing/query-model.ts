import fc from 'fast-check';

/**
 * A second, naive account of what queries find, on plain JavaScript values: written from the
 * documentation, without any code of the engine, to be compared with it.
 */
export type Plain = null | boolean | number | string | Plain[];
export type PlainDocument = { readonly id: string; readonly data: Record<string, Plain> };

export type PlainOperator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not-in'
  | 'array-contains'
  | 'array-contains-any';
export type PlainCondition = { field: string; operator: PlainOperator; operand: Plain };
export type PlainFilter = PlainCondition | { all: PlainFilter[] } | { any: PlainFilter[] };

export interface PlainQuery {
  readonly filter: PlainFilter | undefined;
  readonly orders: readonly { field: string; descending: boolean }[];
  readonly offset: number;
  readonly limit: number | undefined;
  /** Values for the first orders. */
  readonly startAt: { values: Plain[]; inclusive: boolean } | undefined;
}

const NOT_EQUALS: readonly string[] = ['<', '<=', '>', '>=', '!=', 'not-in'];

export function findNaively(documents: readonly PlainDocument[], query: PlainQuery): string[] {
  const orders = [...query.orders];
  const direction = orders.at(-1)?.descending ?? false;
  const implied = new Set(
    conditions(query.filter)
      .filter((c) => NOT_EQUALS.includes(c.operator))
      .map((c) => c.field),
  );
  for (const field of [...implied].sort()) {
    if (!orders.some((order) => order.field === field))
      orders.push({ field, descending: direction });
  }
  const found = documents
    .filter(({ data }) => orders.every(({ field }) => field in data))
    .filter(({ data }) => holds(data, query.filter))
    .sort((a, b) => {
      for (const { field, descending } of orders) {
        const order = compare(a.data[field] as Plain, b.data[field] as Plain);
        if (order !== 0) return descending ? -order : order;
      }
      return (a.id < b.id ? -1 : 1) * (direction ? -1 : 1);
    })
    .filter(({ data }) => isFrom(data, query, orders));
  return found
    .slice(query.offset)
    .slice(0, query.limit ?? found.length)
    .map(({ id }) => id);
}

function conditions(filter: PlainFilter | undefined): PlainCondition[] {
  if (!filter) return [];
  if ('all' in filter) return filter.all.flatMap(conditions);
  if ('any' in filter) return filter.any.flatMap(conditions);
  return [filter];
}

function isFrom(
  data: Record<string, Plain>,
  query: PlainQuery,
  orders: PlainQuery['orders'],
): boolean {
  if (!query.startAt) return true;
  for (const [index, value] of query.startAt.values.entries()) {
    const { field, descending } = orders[index] as (typeof orders)[number];
    const order = compare(data[field] as Plain, value);
    if (order !== 0) return descending ? order < 0 : order > 0;
  }
  return query.startAt.inclusive;
}

function holds(data: Record<string, Plain>, filter: PlainFilter | undefined): boolean {
  if (!filter) return true;
  if ('all' in filter) return filter.all.every((part) => holds(data, part));
  if ('any' in filter) return filter.any.some((part) => holds(data, part));
  const { field, operator, operand } = filter;
  if (!(field in data)) return false;
  const value = data[field] as Plain;
  const list = Array.isArray(operand) ? operand : [];
  const order = compare(value, operand);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return value !== null && order !== 0;
    case 'in':
      return list.some((item) => isOrdinary(item) && compare(value, item) === 0);
    case 'not-in':
      return (
        value !== null && !list.includes(null) && list.every((item) => compare(value, item) !== 0)
      );
    case 'array-contains':
      return (
        isOrdinary(operand) &&
        Array.isArray(value) &&
        value.some((item) => compare(item, operand) === 0)
      );
    case 'array-contains-any':
      return (
        Array.isArray(value) &&
        value.some((item) => isOrdinary(item) && list.some((other) => compare(item, other) === 0))
      );
    default: {
      if (type(value) !== type(operand)) return false;
      return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
    }
  }
}

function isOrdinary(value: Plain): boolean {
  return value !== null && !Number.isNaN(value);
}

function type(value: Plain): number {
  if (value === null) return 0;
  return { boolean: 1, number: 2, string: 3, object: 4 }[
    typeof value as 'boolean' | 'number' | 'string' | 'object'
  ];
}

function compare(a: Plain, b: Plain): number {
  if (type(a) !== type(b)) return type(a) - type(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < a.length || i < b.length; i++) {
      if (i >= a.length) return -1;
      if (i >= b.length) return 1;
      const order = compare(a[i] as Plain, b[i] as Plain);
      if (order !== 0) return order;
    }
    return 0;
  }
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  if (Number.isNaN(a)) return -1;
  if (Number.isNaN(b)) return 1;
  return (a as number) < (b as number) ? -1 : 1;
}

const scalar: fc.Arbitrary<Plain> = fc.constantFrom<Plain[]>(
  null,
  false,
  true,
  Number.NaN,
  0,
  1,
  1.5,
  2,
  '',
  'a',
  'b',
);
const plain: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(scalar, { maxLength: 2 }),
);
const field = fc.constantFrom('x', 'y', 'z');

export const documents: fc.Arbitrary<PlainDocument[]> = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 7 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .dictionary(field, plain, { maxKeys: 3, noNullPrototype: true })
          .map((data) => ({ id, data })),
      ),
    ),
  );

const condition: fc.Arbitrary<PlainCondition> = fc.oneof(
  fc.record({
    field,
    operator: fc.constantFrom<PlainOperator[]>('==', '!=', '<', '<=', '>', '>=', 'array-contains'),
    operand: plain,
  }),
  fc.record({
    field,
    operator: fc.constantFrom<PlainOperator[]>('in', 'not-in', 'array-contains-any'),
    operand: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  }),
);

const filter: fc.Arbitrary<PlainFilter> = fc.letrec<{ filter: PlainFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 2 },
    condition,
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  ),
})).filter;

export const query: fc.Arbitrary<PlainQuery> = fc
  .record({
    filter: fc.option(filter, { nil: undefined }),
    orders: fc.uniqueArray(fc.record({ field, descending: fc.boolean() }), {
      maxLength: 2,
      selector: (order) => order.field,
    }),
    offset: fc.constantFrom(0, 0, 1, 2),
    limit: fc.option(fc.nat(4), { nil: undefined }),
    cursor: fc.option(
      fc.record({
        values: fc.array(plain, { minLength: 1, maxLength: 2 }),
        inclusive: fc.boolean(),
      }),
      { nil: undefined },
    ),
  })
  .map(({ cursor, ...rest }) => {
    const values = cursor?.values.slice(0, rest.orders.length) ?? [];
    return { ...rest, startAt: cursor && values.length > 0 ? { ...cursor, values } : undefined };
  });
