import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BASE_LANGUAGE } from './passages.ts';

/** One procedure of the manual: one file of `functions/manuals`, whose README describes the form. */
export interface Procedure {
  id: string;
  title: string;
  spoken: string;
  urgency: 'CRITICAL' | 'URGENT' | 'NORMAL';
  dangerToHelpers: boolean;
  /** BCP 47 language of the words, without region, e.g. `en`. */
  language: string;
  version: number;
  source: string;
  /** Name, role and date; undefined while nobody has reviewed it. */
  reviewedBy: string | undefined;
  steps: readonly [string, ...string[]];
  questions: readonly [string, ...string[]];
  warnings: readonly string[];
  answers: readonly { question: string; answer: string }[];
}

export interface Manuals {
  /** By id, in English. */
  procedures: ReadonlyMap<string, Procedure>;
  /** By id, then by language: those that somebody has reviewed in that language. */
  translations: ReadonlyMap<string, ReadonlyMap<string, Procedure>>;
  /** SHA-256 over all files, first 12 hex digits: says which words an instance speaks. */
  hash: string;
}

/** A file of the manual that can't be read; the deployment must not go on without it. */
export class ManualError extends Error {
  readonly code = 'manual_invalid';
}

const UNREVIEWED = 'nobody yet';

const header = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  title: z.string().regex(/^[^;]+$/, 'must not contain a semicolon'),
  spoken: z.string().min(1),
  urgency: z.enum(['CRITICAL', 'URGENT', 'NORMAL']),
  danger_to_helpers: z.enum(['yes', 'no']),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'must be a language such as en or hi, without a region')
    .default(BASE_LANGUAGE),
  version: z.string().regex(/^[1-9]\d*$/),
  source: z.string().min(1),
  reviewed_by: z.string().min(1),
});

const lines = z.tuple([z.string().min(1)], z.string().min(1));

const body = z.object({
  steps: lines,
  questions: lines,
  warnings: lines,
  answers: z.array(z.object({ question: z.string().min(1), answer: z.string().min(1) })),
});

/** @throws {ManualError} naming the file and what is wrong with it */
export function parseProcedure(name: string, text: string): Procedure {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n'));
  if (!parts) throw new ManualError(`${name}: begin with a head between two lines of ---`);
  const [, headText = '', bodyText = ''] = parts;
  const head = header.safeParse(Object.fromEntries(headText.split('\n').map(keyAndValue)));
  if (!head.success) throw new ManualError(`${name}: ${z.prettifyError(head.error)}`);
  const { danger_to_helpers, version, reviewed_by, ...rest } = head.data;
  const expected = rest.language === BASE_LANGUAGE ? rest.id : `${rest.id}.${rest.language}`;
  if (`${expected}.md` !== name) throw new ManualError(`${name}: name the file ${expected}.md`);

  const sections = new Map(
    bodyText
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')).trim(), section] as const),
  );
  const content = body.safeParse({
    steps: items(sections.get('Steps'), /^\d+\. (.+)$/gm),
    questions: items(sections.get('Ask'), /^- (.+)$/gm),
    warnings: items(sections.get('Never'), /^- (.+)$/gm),
    answers: (sections.get('If asked') ?? '')
      .split(/^### /m)
      .slice(1)
      .map((block) => {
        const end = block.indexOf('\n');
        return {
          question: block.slice(0, end).trim(),
          answer: block.slice(end).trim().replace(/\s+/g, ' '),
        };
      }),
  });
  if (!content.success) throw new ManualError(`${name}: ${z.prettifyError(content.error)}`);
  return {
    ...rest,
    ...content.data,
    dangerToHelpers: danger_to_helpers === 'yes',
    version: Number(version),
    reviewedBy: reviewed_by === UNREVIEWED ? undefined : reviewed_by,
  };
}

/** `functions/manuals`, seen from `functions/src/assistant` and from `functions/lib/assistant`. */
const SHIPPED = fileURLToPath(new URL('../../../manuals/', import.meta.url));

/**
 * Reads every procedure synchronously; meant for start-up.
 *
 * @throws {ManualError} for a file that is not in the form of the manual
 */
export function loadManuals(directory: string = SHIPPED): Manuals {
  const hash = createHash('sha256');
  const procedures = new Map<string, Procedure>();
  const translations = new Map<string, Map<string, Procedure>>();
  const names = readdirSync(directory).filter((name) => /^[a-z-]+(\.[a-z]{2,3})?\.md$/.test(name));
  for (const name of names.sort()) {
    const text = readFileSync(`${directory}/${name}`, 'utf8');
    hash.update(name).update('\0').update(text).update('\0');
    const procedure = parseProcedure(name, text);
    const { id, language, reviewedBy } = procedure;
    if (language === BASE_LANGUAGE) procedures.set(id, procedure);
    else if (reviewedBy !== undefined) {
      translations.set(id, (translations.get(id) ?? new Map()).set(language, procedure));
    }
  }
  if (procedures.size === 0) throw new ManualError(`${directory} holds no procedure`);
  return { procedures, translations, hash: hash.digest('hex').slice(0, 12) };
}

/** How many of the procedures somebody has reviewed, for `/api/health`. */
export function manualReview(manuals: Manuals): {
  procedures: number;
  reviewed: number;
  hash: string;
} {
  const all = [...manuals.procedures.values()];
  return {
    procedures: all.length,
    reviewed: all.filter((procedure) => procedure.reviewedBy !== undefined).length,
    hash: manuals.hash,
  };
}

function keyAndValue(line: string): [string, string] {
  const colon = line.indexOf(': ');
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 2).trim()];
}

function items(section: string | undefined, pattern: RegExp): string[] {
  return [...(section ?? '').matchAll(pattern)].map((match) => (match[1] ?? '').trim());
}
