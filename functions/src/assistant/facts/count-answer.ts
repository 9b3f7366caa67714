import { numberAt } from './numbers.ts';
import * as people from './people.ts';
import { setOf, type Word } from './said.ts';

/** How many; `several` where more than one was meant and no number was said. */
export interface Count {
  value: string;
  confidence: number;
}

export const SEVERAL = 'several';

/** How surely nobody is meant, and what a bare answer means. */
const NOBODY = 0.9;
const ANSWERED = 0.85;
/** Somebody is, but perhaps more than was said. */
export const GUESS = 0.4;
const MOST = 9_999;

const NOT_A_NUMBER = setOf('this that which the no every any each some');

/** Nobody knows; "no sé" is two words, of which each means something else. */
export function isUnsure(words: readonly Word[]): boolean {
  return words.some(
    ({ word }, at) =>
      people.UNSURE.has(word) ||
      people.LONG_AGO.has(word) ||
      word === 'idea' ||
      (word === 'se' && words[at - 1]?.word === 'no'),
  );
}

export function isNoNumber(words: readonly Word[], at: number): boolean {
  return words[at]?.word === 'one' && NOT_A_NUMBER.has(words[at - 1]?.word ?? '');
}

export function numbered(value: number | undefined, confidence: number): Count | undefined {
  if (value === undefined || value > MOST) return undefined;
  return { value: String(value), confidence: value === 0 ? NOBODY : confidence };
}

/** Words of an answer that is nothing but an answer. */
const LONGEST_ANSWER = 7;

/** "two", "nobody", "haan do log", "just me" to the question how many. */
export function answerIn(words: readonly Word[], taken: ReadonlySet<number>): Count | undefined {
  if (words.length === 0 || words.length > LONGEST_ANSWER) return undefined;
  const unsure = isUnsure(words);
  const has = (set: ReadonlySet<string>) => words.some(({ word }) => set.has(word));
  const at = words.findLastIndex(
    (_, index) =>
      !taken.has(index) && numberAt(words, index) !== undefined && !isNoNumber(words, index),
  );
  const isCounted = at >= 0 && !people.UNITS.has(words[at + 1]?.word ?? '');
  if (isCounted) return numbered(numberAt(words, at), unsure ? GUESS : ANSWERED);
  if (unsure) return undefined;
  const isNo = words.every(({ word }) => people.NO.has(word) || people.BESIDE_NO.has(word));
  if (isNo && has(people.NO)) return { value: '0', confidence: ANSWERED };
  if (has(people.SEVERAL) || has(people.MANY_PEOPLE)) {
    return { value: SEVERAL, confidence: 0.7 };
  }
  if (has(people.ONLY_ME) || has(people.ONE_PERSON) || has(people.ONE_MEANT)) {
    return { value: '1', confidence: 0.7 };
  }
  return has(people.YES) ? { value: '1', confidence: GUESS } : undefined;
}
