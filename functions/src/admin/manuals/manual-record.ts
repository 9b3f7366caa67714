import { type DocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { AdminRole } from '../../access/admin-record.ts';
import { MANUAL_ID } from '../../assistant/manual/compiled.ts';
import { isoInZone } from '../../calls/times.ts';
import { internal } from '../answer-error.ts';

/**
 * A manual in Firestore: `manuals/{company}.{id}` says which versions count, and below it each version
 * has its text, its state, and who did what with it.
 */

export const ManualId = z
  .string()
  .max(70)
  .regex(MANUAL_ID, 'is no id of a manual: it looks like fire.en');

/**
 * `replaced`: a newer version has taken its place before, or when that one was published.
 * `withdrawn`: nobody hears it any more, because somebody said so.
 */
export const ManualStatus = z.enum(['draft', 'approved', 'published', 'replaced', 'withdrawn']);
export type ManualStatus = z.infer<typeof ManualStatus>;

const Deed = z.object({
  id: z.string(),
  name: z.string(),
  role: AdminRole,
  at: z.instanceof(Timestamp),
});
/** Who did something, and when. */
export type Deed = z.infer<typeof Deed>;

const Version = z.number().int().min(1);
const Hash = z.string().regex(/^[0-9a-f]{12}$/);

export const ManualHead = z.object({
  company_id: z.string(),
  /** The newest. */
  version: Version,
  /** The one that callers hear. */
  published_version: Version.nullable(),
});
export type ManualHead = z.infer<typeof ManualHead>;

export const ManualVersion = z.object({
  company_id: z.string(),
  version: Version,
  status: ManualStatus,
  kind: z.enum(['card', 'guide']),
  title: z.string(),
  source: z.string(),
  /** Of the text: SHA-256, first 12 hex digits. */
  hash: Hash,
  passages: z.number().int().min(1),
  /** Everybody who has written of it; none of them approves it. */
  authors: z.array(Deed).min(1),
  /** Who has said that the draft is ready to be approved; null again when it is written anew. */
  submitted: Deed.nullable().default(null),
  approved: Deed.nullable(),
  published: Deed.nullable(),
  withdrawn: Deed.extend({ reason: z.string() }).nullable(),
  /** Left out of lists. */
  text: z.string().optional(),
});
export type ManualVersion = z.infer<typeof ManualVersion>;

const DeedView = z
  .object({ id: z.string(), name: z.string(), role: AdminRole, at: z.string() })
  .meta({ id: 'ManualDeed' });

export const VersionView = z
  .object({
    version: z.number(),
    status: ManualStatus,
    kind: z.enum(['card', 'guide']),
    title: z.string(),
    source: z.string(),
    hash: z.string().meta({ description: 'Of the text: say it when you approve what you read.' }),
    passages: z.number().meta({ description: 'How many pieces of it can be spoken.' }),
    authors: z.array(DeedView),
    submitted: DeedView.nullable().meta({
      description: 'Who has said of the draft that it waits for approval; null: nobody yet.',
    }),
    approved: DeedView.nullable(),
    published: DeedView.nullable(),
    withdrawn: DeedView.extend({ reason: z.string() }).nullable(),
  })
  .meta({ id: 'ManualVersion' });
export type VersionView = z.infer<typeof VersionView>;

export const ManualView = VersionView.extend({
  id: z.string().meta({ description: 'The document’s id and its language.' }),
  document: z.string(),
  language: z.string().meta({ description: 'BCP 47 without region.' }),
  published_version: z
    .number()
    .nullable()
    .meta({ description: 'The version that callers hear; null: none.' }),
}).meta({ id: 'Manual' });
export type ManualView = z.infer<typeof ManualView>;

export const ManualText = ManualView.extend({
  text: z.string().meta({ description: 'The Markdown, as it was uploaded.' }),
}).meta({ id: 'ManualText' });
export type ManualText = z.infer<typeof ManualText>;

export function viewVersion(version: ManualVersion, timeZone: string): VersionView {
  const deed = (done: Deed) => ({ ...done, at: isoInZone(done.at.toMillis(), timeZone) });
  const { status, kind, title, source, hash, passages } = version;
  const { submitted, approved, published, withdrawn } = version;
  return {
    version: version.version,
    status,
    kind,
    title,
    source,
    hash,
    passages,
    authors: version.authors.map(deed),
    submitted: submitted && deed(submitted),
    approved: approved && deed(approved),
    published: published && deed(published),
    withdrawn: withdrawn && { ...deed(withdrawn), reason: withdrawn.reason },
  };
}

export function viewManual(
  id: string,
  head: ManualHead,
  version: ManualVersion,
  timeZone: string,
): ManualView {
  const [document = '', language = ''] = id.split('.');
  const { published_version } = head;
  return { id, document, language, published_version, ...viewVersion(version, timeZone) };
}

/** A record that only this API writes, so that another form is a fault of ours. */
export function readRecord<T extends z.ZodType>(
  schema: T,
  document: DocumentSnapshot,
): z.output<T> {
  const result = schema.safeParse(document.data());
  if (result.success) return result.data;
  throw internal(result.error);
}
