import { z } from 'zod';
import type { Line, Problem } from './head.ts';
import { BASE_LANGUAGE } from './passages.ts';

/** Becomes part of database paths and of passages' ids. */
export const DOCUMENT_ID = /^[a-z][a-z0-9-]{0,63}$/;
export const LANGUAGE = /^[a-z]{2,3}$/;

/** `nobody yet`, or who, as what, and when. */
const REVIEWED = /^(nobody yet|.{3,200} \d{4}-\d{2}-\d{2})$/;
const UNREVIEWED = 'nobody yet';

/** What every document's head has. */
const common = {
  id: z.string().regex(DOCUMENT_ID, 'must be lower-case letters, digits and hyphens'),
  title: z
    .string()
    .max(120)
    .regex(/^[^;]+$/, 'must not contain a semicolon'),
  language: z
    .string()
    .regex(LANGUAGE, 'must be a language such as en or hi, without a region')
    .default(BASE_LANGUAGE),
  source: z.string().max(500),
};

/** Uploads need not have them: an upload is counted, and reviewed, by whoever approves it. */
const counted = {
  version: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number')
    .transform(Number)
    .default(1),
  reviewed_by: z
    .string()
    .regex(REVIEWED, 'must be "nobody yet", or name, role and date (2026-01-31)')
    .default(UNREVIEWED)
    .transform((text) => (text === UNREVIEWED ? undefined : text)),
};

export const CardHead = z.strictObject({
  ...common,
  spoken: z.string().max(60),
  urgency: z.enum(['CRITICAL', 'URGENT', 'NORMAL']),
  danger_to_helpers: z.enum(['yes', 'no']),
  ...counted,
});

export const GuideHead = z.strictObject({ ...common, ...counted });

/** Checks a head; each problem names the line of the key, or the first line where it is missing. */
export function readHead<T extends z.ZodObject>(
  head: ReadonlyMap<string, Line>,
  schema: T,
): { fields: z.output<T> | undefined; problems: Problem[] } {
  const values = Object.fromEntries([...head].map(([key, { text }]) => [key, text]));
  const result = schema.safeParse(values);
  if (result.success) return { fields: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        line: head.get(key)?.line ?? 1,
        message: `Nothing is known of the key ${key}; remove it.`,
      }));
    }
    const key = String(issue.path[0] ?? '');
    const line = head.get(key)?.line;
    if (line === undefined) return [{ line: 1, message: `The head lacks the key ${key}.` }];
    return [{ line, message: `${key}: ${issue.message}.` }];
  });
  return { fields: undefined, problems };
}
