import { deepStrictEqual } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { type Question, readRows, type Utterance } from '../../functions/eval/rows.ts';
import { recognize } from '../../functions/src/assistant/floor/recognize.ts';
import { embeddedPack } from '../../functions/src/assistant/manual/embedded-pack.ts';
import { findPassages } from '../../functions/src/assistant/retrieval/search.ts';
import { duration, percentile, ratio } from '../statistics.ts';
import { table } from '../table.ts';

/**
 * What the rules cost, in this process: the floor on the labelled utterances of functions/eval and
 * on the longest text that is looked at, and the search of the manual on the labelled questions.
 * Beside them, on the same texts, the least that anybody could do: one regular expression of hazard
 * words, and a count of the words that a passage shares with the question. Checked: the same text is
 * judged the same in every round, and the floor tells more than the list of words does.
 */

const LONGEST = 4_000;
const ROUNDS = 8;
/** Milliseconds, at the 99th percentile. */
const GOAL = 5;
const KEYWORDS =
  /\b(fire|smoke|gas|leak|explosion|unconscious|breath|bleeding|trapped|fell|shock|burn|acid)/i;

const { rows } = readRows(evalFile('dev')) as { rows: Utterance[] };
const questions = (readRows(evalFile('retrieval-dev')) as { rows: Question[] }).rows;

export function benchRules(): void {
  const said = rows.map(({ text }) => text);
  const pages = longTexts(said);
  const worst = ['fire ', 'not ', 'no fire ', 'x', 'gas leek '].map((words) =>
    words.repeat(LONGEST / words.length),
  );
  const asked = questions.map(({ text }) => text);
  const pack = embeddedPack();
  const passages = pack.passages.map(({ question, text }) => wordsOf(`${question} ${text}`));
  const keywords = measure(said, (text) => KEYWORDS.test(text));
  const floor = measure(said, (text) => recognize(text).urgency);
  const long = measure(pages, (text) => recognize(text).urgency);
  const repeated = measure(worst, (text) => recognize(text).urgency);
  const shared = measure(asked, (text) => mostShared(wordsOf(text), passages));
  const search = measure(asked, (text) =>
    findPassages(pack, text).map(({ passage }) => passage.id),
  );
  const right = (results: readonly unknown[]) =>
    rows.filter(({ label }, at) => (label === 'CRITICAL') === (results[at] === 'CRITICAL')).length;
  const byWords = keywords.results.map((found) => (found ? 'CRITICAL' : 'NORMAL'));
  if (right(floor.results) <= right(byWords))
    throw new Error('The floor tells less than words do.');

  console.log(
    table([
      ['rules', 'texts', 'p50', 'p99', 'p50 to the least'],
      row('list of hazard words, an utterance', keywords, keywords),
      row('floor, an utterance', floor, keywords),
      row('floor, 4,000 characters of utterances', long, keywords),
      row('floor, 4,000 characters, one word repeated', repeated, keywords),
      row('words shared with each passage, a question', shared, shared),
      row('search of the manual, a question', search, shared),
    ]),
  );
  const verdict = (of: readonly Measured[]) => {
    const slowest = Math.max(...of.map(({ samples }) => percentile(samples, 0.99)));
    return `${slowest < GOAL ? 'met' : 'not met'} (${duration(slowest)})`;
  };
  console.log(
    `\nGoal: floor, p99 < ${duration(GOAL)}: of an utterance ${verdict([floor])}; ` +
      `of the longest text ${verdict([long, repeated])}.`,
  );
}

interface Measured {
  samples: number[];
  /** Of each text. */
  results: unknown[];
}

function measure(texts: readonly string[], judge: (text: string) => unknown): Measured {
  const results = texts.map(judge);
  // Few long texts take more rounds until the compiler has seen enough.
  const rounds = Math.max(ROUNDS, Math.ceil(300 / texts.length));
  for (let round = 0; round < rounds / 4; round += 1) for (const text of texts) judge(text);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, text] of texts.entries()) {
      const begun = performance.now();
      const result = judge(text);
      samples.push(performance.now() - begun);
      deepStrictEqual(result, results[at]);
    }
  }
  return { samples, results };
}

function row(name: string, of: Measured, least: Measured): string[] {
  const [p50, p99] = [percentile(of.samples, 0.5), percentile(of.samples, 0.99)];
  return [
    name,
    of.samples.length.toLocaleString('en'),
    duration(p50),
    duration(p99),
    ratio(p50 / percentile(least.samples, 0.5)),
  ];
}

/** As many texts of the longest length as the utterances give, each another beginning. */
function longTexts(said: readonly string[]): string[] {
  const all = said.join('. ');
  const count = Math.floor(all.length / LONGEST);
  return Array.from({ length: count }, (_, at) => all.slice(at * LONGEST, (at + 1) * LONGEST));
}

function mostShared(words: ReadonlySet<string>, passages: readonly ReadonlySet<string>[]): number {
  const shared = passages.map((passage) => [...words].filter((word) => passage.has(word)).length);
  return shared.indexOf(Math.max(...shared));
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu));
}

function evalFile(name: string): string {
  return fileURLToPath(new URL(`../../functions/eval/${name}.jsonl`, import.meta.url));
}
