import { aggregatedFields } from './aggregate.ts';
import { type Conjunction, toDisjunctions } from './disjunctions.ts';
import { Code, FirestoreError } from './errors.ts';
import { type FieldPath, isNameField, NAME_FIELD, parseFieldPath } from './field-path.ts';
import type { CheckedIndexConfiguration, IndexField } from './index-configuration.ts';
import { type Aggregation, completeOrders, isInequality, type Query } from './query.ts';
import { type IndexMode, type QueryScope, singleFieldIndexes } from './single-field-indexes.ts';

/**
 * What the indexes of one alternative of a query must look like: first filtered fields in any
 * order, then the orders with exactly these directions (an index is read forwards only), then the
 * aggregated fields in any order. Several indexes with the same end can be merged when together
 * they have all filtered fields.
 */
interface Requirement {
  readonly collectionId: string;
  readonly queryScope: QueryScope;
  /** Equality (ASCENDING) and array membership (CONTAINS), by field. */
  readonly filtered: ReadonlyMap<string, FieldNeed>;
  /** Ends with `__name__`. */
  readonly ordered: readonly FieldNeed[];
  readonly aggregated: readonly FieldPath[];
}

interface FieldNeed {
  readonly field: FieldPath;
  readonly mode: IndexMode;
}

/** An index as the list of its fields, with the `__name__` that every index ends with. */
type IndexShape = readonly { readonly path: string; readonly mode: IndexMode }[];

const MAX_ALTERNATIVES = 30;

/** Throws FAILED_PRECONDITION, with the JSON to add, when no index serves the query. */
export function checkIndexes(
  configuration: CheckedIndexConfiguration,
  query: Query,
  aggregations: readonly Aggregation[] = [],
): void {
  const { collectionId } = query.scope;
  if (collectionId === undefined) return;
  for (const conjunction of toDisjunctions(query.filter, MAX_ALTERNATIVES)) {
    const requirement = requirementOf(collectionId, query, conjunction, aggregations);
    if (!needsNone(requirement) && !isCovered(configuration, requirement)) {
      throw new FirestoreError(Code.FAILED_PRECONDITION, advice(configuration, requirement));
    }
  }
}

function requirementOf(
  collectionId: string,
  query: Query,
  conjunction: Conjunction,
  aggregations: readonly Aggregation[],
): Requirement {
  const filtered = new Map<string, FieldNeed>();
  for (const condition of conjunction) {
    const { field, operator } = condition;
    if (isNameField(field) || isInequality(condition)) continue;
    const mode = operator.startsWith('ARRAY_CONTAINS') ? 'CONTAINS' : 'ASCENDING';
    if (filtered.get(field.text)?.mode !== 'CONTAINS') filtered.set(field.text, { field, mode });
  }
  const isFixed = (field: FieldPath) => filtered.get(field.text)?.mode === 'ASCENDING';
  const ordered: FieldNeed[] = [];
  for (const { field, descending } of completeOrders(query)) {
    if (isFixed(field)) continue;
    ordered.push({ field, mode: descending ? 'DESCENDING' : 'ASCENDING' });
    if (isNameField(field)) break;
  }
  const aggregated = aggregatedFields(aggregations).filter(
    (field) => !isFixed(field) && !ordered.some((need) => need.field.text === field.text),
  );
  const queryScope = query.scope.allDescendants ? 'COLLECTION_GROUP' : 'COLLECTION';
  return { collectionId, queryScope, filtered, ordered, aggregated };
}

/** Documents in the order of their names can be read without any index. */
function needsNone({ filtered, ordered, aggregated }: Requirement): boolean {
  const first = ordered[0];
  return (
    filtered.size === 0 &&
    aggregated.length === 0 &&
    first !== undefined &&
    isNameField(first.field) &&
    first.mode === 'ASCENDING'
  );
}

function isCovered(configuration: CheckedIndexConfiguration, requirement: Requirement): boolean {
  const covered = new Set<string>();
  let isServed = false;
  for (const shape of indexShapes(configuration, requirement)) {
    const prefix = servedPrefix(shape, requirement);
    if (!prefix) continue;
    isServed = true;
    for (const path of prefix) covered.add(path);
  }
  return isServed && [...requirement.filtered.keys()].every((path) => covered.has(path));
}

/** The filtered fields that an index serves, or undefined when it does not fit at all. */
function servedPrefix(shape: IndexShape, requirement: Requirement): string[] | undefined {
  const { filtered, aggregated } = requirement;
  const ordered = requirement.ordered.slice(0, -1);
  const rest = [...shape];
  const name = rest.pop();
  if (aggregated.length === 0 && name?.mode !== requirement.ordered.at(-1)?.mode) return undefined;
  const sums = aggregated.length === 0 ? [] : rest.splice(-aggregated.length);
  if (!aggregated.every(({ text }) => sums.some(({ path }) => path === text))) return undefined;
  const ends = ordered.length === 0 ? [] : rest.splice(-ordered.length);
  const hasOrder = ordered.every(
    ({ field, mode }, index) => ends[index]?.path === field.text && ends[index]?.mode === mode,
  );
  if (!hasOrder) return undefined;
  const isFiltered = ({ path, mode }: IndexShape[number]) =>
    filtered.has(path) && (filtered.get(path)?.mode === 'CONTAINS') === (mode === 'CONTAINS');
  return rest.every(isFiltered) ? rest.map(({ path }) => path) : undefined;
}

function indexShapes(
  configuration: CheckedIndexConfiguration,
  { collectionId, queryScope, filtered, ordered, aggregated }: Requirement,
): IndexShape[] {
  const composite = configuration.indexes
    .filter((index) => index.collectionGroup === collectionId && index.queryScope === queryScope)
    .map(({ fields }) => withName(fields.map(indexFieldShape)));
  const fields = [...filtered.values(), ...ordered].map(({ field }) => field);
  const single = [...fields, ...aggregated]
    .filter((field) => !isNameField(field))
    .flatMap((field) =>
      singleFieldIndexes(configuration, collectionId, field)
        .filter((index) => index.queryScope === queryScope)
        .map(({ mode }) => withName([{ path: field.text, mode }])),
    );
  return [...composite, ...single];
}

function indexFieldShape({ fieldPath, order, arrayConfig }: IndexField): IndexShape[number] {
  return { path: parseFieldPath(fieldPath).text, mode: arrayConfig ?? order ?? 'ASCENDING' };
}

function withName(shape: IndexShape): IndexShape {
  const last = shape.at(-1);
  if (last?.path === NAME_FIELD) return shape;
  return [...shape, { path: NAME_FIELD, mode: impliedNameMode(last?.mode) }];
}

function impliedNameMode(last: IndexMode | undefined): IndexMode {
  return last === 'DESCENDING' ? 'DESCENDING' : 'ASCENDING';
}

function advice(configuration: CheckedIndexConfiguration, requirement: Requirement): string {
  const { collectionId, queryScope } = requirement;
  const needs = neededFields(requirement);
  const only = needs[0];
  if (needs.length > 1 || only === undefined || isNameField(only.field)) {
    const fields = needs.map(({ field, mode }) => indexFieldJson(field, mode));
    const index = { collectionGroup: collectionId, queryScope, fields };
    return `The query requires an index. Add to "indexes" in firestore.indexes.json: ${JSON.stringify(index)}`;
  }
  const existing = singleFieldIndexes(configuration, collectionId, only.field);
  const indexes = [...existing, { queryScope, mode: only.mode }].map((index) => ({
    queryScope: index.queryScope,
    ...modeJson(index.mode),
  }));
  const override = { collectionGroup: collectionId, fieldPath: only.field.text, indexes };
  return `The query requires a single-field index (${queryScope}, ${only.mode}) on "${only.field.text}", which it has not by default or which an override exempts. Make its entry of "fieldOverrides" in firestore.indexes.json: ${JSON.stringify(override)}`;
}

function neededFields({ filtered, ordered, aggregated }: Requirement): FieldNeed[] {
  const needs = [...filtered.values()].sort((a, b) => (a.field.text < b.field.text ? -1 : 1));
  needs.push(...ordered.slice(0, -1));
  for (const field of aggregated) needs.push({ field, mode: 'ASCENDING' });
  const name = ordered.at(-1);
  if (name && aggregated.length === 0 && name.mode !== impliedNameMode(needs.at(-1)?.mode)) {
    needs.push(name);
  }
  return needs;
}

function indexFieldJson(field: FieldPath, mode: IndexMode): Record<string, string> {
  return { fieldPath: field.text, ...modeJson(mode) };
}

function modeJson(mode: IndexMode): Record<string, string> {
  return mode === 'CONTAINS' ? { arrayConfig: 'CONTAINS' } : { order: mode };
}
