import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LearnedCards } from '../../functions/src/assistant/floor/cards.ts';
import type { Learned } from '../../functions/src/assistant/floor/opinion.ts';
import type { Carded } from './cards.ts';
import type { Labelled } from './examples.ts';

const ABOUT =
  'Made by npm run train; functions/lexicon/README.md tells how to read it. Not to be edited.';

/** The text of functions/lexicon/weights.json: a line a weight, the weightiest first. */
export function weightsFile(learned: Learned, rows: readonly Labelled[]): string {
  const table = (name: keyof Learned) => {
    const lines = Array.from(
      learned[name],
      ([key, weights]) => `${JSON.stringify(key)}:${JSON.stringify(weights)}`,
    );
    return `"${name}": {\n${lines.join(',\n')}\n}`;
  };
  const header = {
    about: ABOUT,
    rows: rows.length,
    fresh: rows.filter(({ fresh }) => fresh).length,
    from: fingerprint(rows),
  };
  return `{\n${[...fieldsOf(header), table('trust'), table('words')].join(',\n')}\n}\n`;
}

/** The text of functions/lexicon/cards.json: a line a feature, the weightiest first. */
export function cardsFile({ hazards, weights }: LearnedCards, rows: readonly Carded[]): string {
  const header = { about: ABOUT, rows: rows.length, from: fingerprint(rows), hazards };
  const lines = Array.from(weights, ([key, of]) => `${JSON.stringify(key)}:${JSON.stringify(of)}`);
  return `{\n${[...fieldsOf(header), `"weights": {\n${lines.join(',\n')}\n}`].join(',\n')}\n}\n`;
}

function fieldsOf(header: object): string[] {
  return Object.entries(header).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
}

/**
 * Of everything that was learned from: other rows or labels have another, and so have other words of
 * the lexicon or meanings, since what rules and meanings find in a row is learned from as well.
 */
export function fingerprint(
  rows: readonly (Labelled | Carded)[],
  lexicon: ReadonlyMap<string, string> = lexiconFiles(),
): string {
  const files = [...lexicon].map(([name, text]) => [name, withoutReviewers(text)]);
  return createHash('sha256')
    .update(JSON.stringify([rows, files]))
    .digest('hex');
}

const LEXICON = fileURLToPath(new URL('../../functions/lexicon/', import.meta.url));
/** Told to people, or read by the search of the manual only. */
const NOT_LEARNED_FROM = new Set(['README.md', 'retrieval.md']);

/** What rules and meanings read, in a fixed order. */
export function lexiconFiles(): ReadonlyMap<string, string> {
  const names = readdirSync(LEXICON, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md') && !NOT_LEARNED_FROM.has(name));
  return new Map(names.sort().map((name) => [name, readFileSync(`${LEXICON}${name}`, 'utf8')]));
}

/** Whoever reviews a file need not train anything. */
function withoutReviewers(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/^Reviewed by: .*\n/gm, '');
}
