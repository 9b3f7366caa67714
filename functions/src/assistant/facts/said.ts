import { type Token, unaccented } from '../floor/words.ts';

/** A word of what was said, and where in the text it stands: from `start` up to `end`. */
export interface Word extends Token {
  start: number;
  end: number;
}

/** Characters that are read of one utterance. */
const LONGEST = 2_000;

const CONTRACTIONS: Readonly<Record<string, string>> = {
  "'m": 'am',
  "'re": 'are',
  "'ve": 'have',
  "'ll": 'will',
  "'d": 'would',
};

/** After these `'s` is "is"; after other words it says whose. */
const WITH_IS = new Set(
  'he she it that there here what where who someone somebody everyone everybody nobody one'.split(
    ' ',
  ),
);

const JOINING = new Set('and but then because so aur lekin magar pero y और लेकिन मगर'.split(' '));

/** The words with their places; a contraction becomes two words at one place. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let clause = 0;
  let sentence = 0;
  const pieces = /[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}]+)*|[.!?\n।]|[,;:]| - /gu;
  for (const { 0: piece, index: start } of text.slice(0, LONGEST).matchAll(pieces)) {
    if (/^[.!?\n।]/.test(piece)) {
      sentence += 1;
      clause += 1;
    } else if (/^[,;: ]/.test(piece)) {
      clause += 1;
    } else {
      for (const word of spelledOut(plain(piece))) {
        if (JOINING.has(word)) clause += 1;
        words.push({ word, clause, sentence, start, end: start + piece.length });
      }
    }
  }
  return words;
}

/** Lower case without accents; one spelling where Devanagari has several; digits 0 to 9. */
export function plain(text: string): string {
  return unaccented(text.toLowerCase())
    .replace(/[’ʼ]/g, "'")
    .normalize('NFD')
    .replace(/\u093c/g, '')
    .normalize('NFC')
    .replace(/\u0901/g, '\u0902')
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x966));
}

function spelledOut(word: string): string[] {
  const not = /^(.+)n't$/.exec(word)?.[1];
  if (not) return [not === 'ca' ? 'can' : not === 'wo' ? 'will' : not, 'not'];
  if (word === 'cannot') return ['can', 'not'];
  if (word === 'im') return ['i', 'am'];
  const [, stem = word, ending = ''] = /^(.+?)('\p{L}+)$/u.exec(word) ?? [];
  if (ending === "'s") return WITH_IS.has(stem) ? [stem, 'is'] : [stem];
  const verb = CONTRACTIONS[ending];
  return verb ? [stem, verb] : [word.replaceAll("'", '')];
}

/** A list as people read it, as a set of plain words. */
export function setOf(list: string): ReadonlySet<string> {
  return new Set(plain(list).trim().split(/\s+/));
}
