import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { PASSAGE_ID } from '../src/calls/grounding.ts';
import { Urgency } from '../src/calls/model.ts';
import { asError } from '../src/errors.ts';

/** One utterance, as the first words of a call, and how urgent it is. */
export const Utterance = z.object({
  id: z.string().min(1).optional(),
  text: z.string(),
  label: Urgency,
  /** BCP 47, e.g. `hi-Latn`. */
  lang: z.string().min(1).optional(),
  category: z.string().min(1).optional(),
  /** The card that should answer; absent where several would do, or none. */
  hazard: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
});
export type Utterance = z.infer<typeof Utterance>;

/** A question to the manual, and the passages that answer it: any one of them will do. */
export const Question = z.object({
  id: z.string().min(1).optional(),
  text: z.string(),
  lang: z.string().min(1).optional(),
  category: z.string().min(1).optional(),
  /** The hazard that is being talked about when the question comes. */
  hazard: z.string().min(1).optional(),
  /** Empty: the manual holds no answer, and none should be given. */
  passages: z.array(z.string().regex(PASSAGE_ID)),
});
export type Question = z.infer<typeof Question>;

/** What a caller said turn by turn, and how urgent the call must be after each turn. */
export const Conversation = z.object({
  id: z.string().min(1).optional(),
  lang: z.string().min(1).optional(),
  category: z.string().min(1).optional(),
  turns: z
    .array(
      z.object({
        /** Empty where only a key was pressed. */
        text: z.string(),
        key: z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).optional(),
        urgency: Urgency,
        /** The card that the call must then be at. */
        hazard: z.string().min(1).optional(),
      }),
    )
    .min(1),
});
export type Conversation = z.infer<typeof Conversation>;

/** A row for which an answer is asked, whatever else it holds. */
export const Asked = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });
export type Asked = z.infer<typeof Asked>;

export type Rows =
  | { kind: 'utterances'; rows: Utterance[] }
  | { kind: 'questions'; rows: Question[] }
  | { kind: 'conversations'; rows: Conversation[] };

/** A file that can't be used; the message names it, the line, and what is wrong. */
export class RowsError extends Error {
  override readonly name = 'RowsError';
}

/**
 * Reads a set of rows; its first row says which kind they all are.
 * @throws {RowsError}
 */
export function readRows(file: string): Rows {
  const name = basename(file);
  const lines = readLines(file);
  const [first] = lines;
  if (!first) throw new RowsError(`${name} holds no rows.`);
  const { value } = first;
  if (isObject(value) && 'label' in value) {
    return { kind: 'utterances', rows: parse(name, lines, Utterance) };
  }
  if (isObject(value) && 'passages' in value) {
    return { kind: 'questions', rows: parse(name, lines, Question) };
  }
  if (isObject(value) && 'turns' in value) {
    return { kind: 'conversations', rows: parse(name, lines, Conversation) };
  }
  throw new RowsError(
    `${name}:${first.line}: a row needs text and label, text and passages, or turns.`,
  );
}

/** @throws {RowsError} */
export function readAsked(file: string): Asked[] {
  return parse(basename(file), readLines(file), Asked);
}

interface Line {
  line: number;
  value: unknown;
}

/** JSON lines; empty lines are skipped. The text of a line is in no message. */
function readLines(file: string): Line[] {
  const name = basename(file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new RowsError(`${file} can't be read: ${asError(error).message}.`);
  }
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((content, at) => ({ content, line: at + 1 }))
    .filter(({ content }) => content.trim() !== '')
    .map(({ content, line }) => {
      try {
        return { line, value: JSON.parse(content) as unknown };
      } catch {
        throw new RowsError(`${name}:${line} is no JSON: each line holds one row.`);
      }
    });
}

function parse<T>(name: string, lines: readonly Line[], schema: z.ZodType<T>): T[] {
  return lines.map(({ line, value }) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const reasons = parsed.error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')}: ${message}` : message,
    );
    throw new RowsError(`${name}:${line}: ${reasons.join('; ')}.`);
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
