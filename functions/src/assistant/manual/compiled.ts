import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PASSAGE_ID } from '../../calls/grounding.ts';
import type { ManualDocument } from './document.ts';
import { DOCUMENT_ID, LANGUAGE } from './head-fields.ts';
import type { Procedure } from './manual.ts';
import type { Passage } from './passages.ts';
import { Replies } from './replies.ts';

/** What instances load of a manual, and which manuals make a company's pack. */

const Text = z.string().min(1).max(1_000);
const Hash = z.string().regex(/^[0-9a-f]{12}$/);
const Version = z.number().int().min(1);
const Title = z.string().min(1).max(120);

const Card: z.ZodType<Procedure> = z.object({
  id: z.string().regex(DOCUMENT_ID),
  title: Title,
  spoken: z.string().min(1).max(60),
  urgency: z.enum(['CRITICAL', 'URGENT', 'NORMAL']),
  dangerToHelpers: z.boolean(),
  language: z.string().regex(LANGUAGE),
  version: Version,
  source: z.string().min(1).max(500),
  reviewedBy: z.string().min(1).max(400),
  steps: z.tuple([Text], Text),
  questions: z.tuple([Text], Text),
  replies: z.array(Replies).optional(),
  warnings: z.array(Text),
  answers: z.array(z.object({ question: Text, answer: Text })),
});

const GuidePassage: z.ZodType<Passage> = z.object({
  id: z.string().regex(PASSAGE_ID),
  document: z.string().regex(DOCUMENT_ID),
  title: Title,
  kind: z.literal('section'),
  question: z.string().max(1_000),
  text: Text,
  language: z.string().regex(LANGUAGE),
  version: Version,
  hash: Hash,
});

export const Compiled = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('card'), card: Card }),
  z.object({ kind: z.literal('guide'), passages: z.array(GuidePassage).min(1) }),
]);
export type Compiled = z.infer<typeof Compiled>;

/** A compiled manual as Firestore keeps it: JSON, and its SHA-256, first 12 hex digits. */
export const Content = z.object({ json: z.string().max(900_000), hash: Hash });
export type Content = z.infer<typeof Content>;

/** `fire.en`: a document's id and its language. */
export const MANUAL_ID = /^[a-z][a-z0-9-]{0,63}\.[a-z]{2,3}$/;

export function manualIdOf(document: string, language: string): string {
  return `${document}.${language}`;
}

const Entry = z.object({
  id: z.string().regex(MANUAL_ID),
  version: Version,
  hash: Hash,
  /** Characters of its JSON. */
  size: z.number().int().min(1),
});
export type ManifestEntry = z.infer<typeof Entry>;

/** What a company's pack is made of. The version grows with every publication and withdrawal. */
export const Manifest = z.object({ version: Version, manuals: z.array(Entry) });
export type Manifest = z.infer<typeof Manifest>;

/** @param reviewedBy name, role and date of whoever approved it */
export function compile(document: ManualDocument, reviewedBy: string): Compiled {
  if (document.kind === 'card') return { kind: 'card', card: { ...document.card, reviewedBy } };
  return { kind: 'guide', passages: [...document.guide.passages] };
}

export function contentOf(compiled: Compiled): Content {
  const json = JSON.stringify(compiled);
  return { json, hash: hashOfJson(json) };
}

/** Throws for what is not, byte for byte, the content that the manifest names. */
export function readContent(data: unknown, { hash }: Pick<ManifestEntry, 'hash'>): Compiled {
  const content = Content.parse(data);
  if (content.hash !== hash || hashOfJson(content.json) !== hash) {
    throw new Error('The content of a manual is not the one that was approved.');
  }
  return Compiled.parse(JSON.parse(content.json));
}

function hashOfJson(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 12);
}
