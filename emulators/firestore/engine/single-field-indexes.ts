import { type FieldPath, formatFieldPath, parseFieldPath } from './field-path.ts';
import type { CheckedIndexConfiguration } from './index-configuration.ts';

export type QueryScope = 'COLLECTION' | 'COLLECTION_GROUP';
export type IndexMode = 'ASCENDING' | 'DESCENDING' | 'CONTAINS';

export interface SingleFieldIndex {
  readonly queryScope: QueryScope;
  readonly mode: IndexMode;
}

const AUTOMATIC: readonly SingleFieldIndex[] = [
  { queryScope: 'COLLECTION', mode: 'ASCENDING' },
  { queryScope: 'COLLECTION', mode: 'DESCENDING' },
  { queryScope: 'COLLECTION', mode: 'CONTAINS' },
];

/**
 * The indexes that a field has without any composite index: the automatic ones, unless an override
 * names the field, a map around it, or `*` for all fields of its collections.
 */
export function singleFieldIndexes(
  configuration: CheckedIndexConfiguration,
  collectionId: string,
  field: FieldPath,
): readonly SingleFieldIndex[] {
  const overrides = configuration.fieldOverrides.filter(
    ({ collectionGroup, indexes }) => collectionGroup === collectionId && indexes !== undefined,
  );
  const paths = field.segments.map((_, index) =>
    formatFieldPath(field.segments.slice(0, field.segments.length - index)),
  );
  for (const path of [...paths, '*']) {
    const override = overrides.find(({ fieldPath }) => canonical(fieldPath) === path);
    if (override?.indexes) {
      return override.indexes.map(({ queryScope, order, arrayConfig }) => ({
        queryScope,
        mode: arrayConfig ?? order ?? 'ASCENDING',
      }));
    }
  }
  return AUTOMATIC;
}

function canonical(fieldPath: string): string {
  return fieldPath === '*' ? '*' : parseFieldPath(fieldPath).text;
}
