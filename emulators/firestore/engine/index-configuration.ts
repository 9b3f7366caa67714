import * as z from 'zod';

const orderSchema = z.enum(['ASCENDING', 'DESCENDING']);
const scopeSchema = z.enum(['COLLECTION', 'COLLECTION_GROUP']);

const indexFieldSchema = z.object({
  fieldPath: z.string().min(1),
  order: orderSchema.optional(),
  arrayConfig: z.literal('CONTAINS').optional(),
  vectorConfig: z.unknown().optional(),
});

const compositeIndexSchema = z.object({
  collectionGroup: z.string().min(1),
  queryScope: scopeSchema.default('COLLECTION'),
  fields: z.array(indexFieldSchema).min(1),
});

const fieldOverrideSchema = z.object({
  collectionGroup: z.string().min(1),
  fieldPath: z.string().min(1),
  ttl: z.boolean().optional(),
  indexes: z
    .array(
      z.object({
        queryScope: scopeSchema.default('COLLECTION'),
        order: orderSchema.optional(),
        arrayConfig: z.literal('CONTAINS').optional(),
      }),
    )
    .optional(),
});

const indexConfigurationSchema = z.object({
  indexes: z.array(compositeIndexSchema).default([]),
  fieldOverrides: z.array(fieldOverrideSchema).default([]),
});

/** What `firestore.indexes.json` holds, as JSON.parse gives it. */
export type IndexConfiguration = z.input<typeof indexConfigurationSchema>;

/** The same with its defaults filled in. */
export type CheckedIndexConfiguration = z.output<typeof indexConfigurationSchema>;

export type IndexField = z.output<typeof indexFieldSchema>;

/** Throws an error that names the entry when the file's content has another shape. */
export function parseIndexConfiguration(value: unknown): CheckedIndexConfiguration {
  const result = indexConfigurationSchema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(`firestore.indexes.json is not valid:\n${z.prettifyError(result.error)}`);
}
