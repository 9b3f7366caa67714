import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readCard } from './card.ts';
import { BASE_LANGUAGE } from './passages.ts';
import type { Replies } from './replies.ts';

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
  /** What answers to the questions mean, in their order; absent where none means anything. */
  replies?: readonly Replies[];
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

/** @throws {ManualError} naming the file, and each line that is wrong with what is wrong there */
export function parseProcedure(name: string, text: string): Procedure {
  const { procedure, problems } = readCard(text);
  if (!procedure) {
    const told = problems.map(({ line, message }) => `line ${line}: ${message}`);
    throw new ManualError(`${name}: ${told.join(' ')}`);
  }
  const expected = fileOf(procedure);
  if (expected !== name) throw new ManualError(`${name}: name the file ${expected}`);
  return procedure;
}

function fileOf({ id, language }: Pick<Procedure, 'id' | 'language'>): string {
  return language === BASE_LANGUAGE ? `${id}.md` : `${id}.${language}.md`;
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

/** The Markdown of a procedure that ships, as it stands in its file. */
export function shippedText(procedure: Pick<Procedure, 'id' | 'language'>): Promise<string> {
  return readFile(`${SHIPPED}/${fileOf(procedure)}`, 'utf8');
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
