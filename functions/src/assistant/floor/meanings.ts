import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isHindi, soundOf } from './sounds.ts';
import { type Token, unaccented } from './words.ts';

/** What words of several languages have in common: "fire", "aag" and "fuego" are all of `fire`. */
export interface Meant {
  name: string;
  /** Index of the first word and of the one after the last. */
  start: number;
  end: number;
}

/** Names by what is said for them, a word or a few; and how many words the longest of them has. */
interface Said {
  names: Map<string, string[]>;
  longest: number;
}

export const MEANINGS_FILE = fileURLToPath(
  new URL('../../../lexicon/meanings.md', import.meta.url),
);
const LINE = /^(en|hi|es): (.*)$/;

/**
 * Finds the words of functions/lexicon/meanings.md. Only the second opinion looks at them: the rules
 * have classes of their own, which are narrower.
 */
export function createMeanings(text: string): (tokens: readonly Token[]) => Meant[] {
  const bySpelling: Said = { names: new Map(), longest: 1 };
  const bySound: Said = { names: new Map(), longest: 1 };
  let name = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('## ')) name = line.slice(3).trim();
    const [, language, phrases = ''] = LINE.exec(line) ?? [];
    for (const phrase of unaccented(phrases.toLowerCase()).split(',')) {
      const words = phrase.split(/\s+/).filter((word) => word !== '');
      if (words.length === 0) continue;
      if (language === 'hi') add(bySound, words.map(soundOf), name);
      else add(bySpelling, words, name);
    }
  }
  return (tokens) => {
    const words = tokens.map(({ word }) => word);
    const found = findIn(bySpelling, words);
    if (isHindi(words)) found.push(...findIn(bySound, words.map(soundOf)));
    return found.sort((one, other) => one.start - other.start);
  };
}

export function loadMeanings(): (tokens: readonly Token[]) => Meant[] {
  return createMeanings(readFileSync(MEANINGS_FILE, 'utf8'));
}

function add(said: Said, words: readonly string[], name: string): void {
  const key = words.join(' ');
  const names = said.names.get(key) ?? [];
  said.names.set(key, names.includes(name) ? names : [...names, name]);
  said.longest = Math.max(said.longest, words.length);
}

/** From each word on, the longest that is said for each meaning. */
function findIn({ names, longest }: Said, words: readonly string[]): Meant[] {
  const found: Meant[] = [];
  for (let start = 0; start < words.length; start++) {
    const here = new Map<string, number>();
    let key = '';
    for (let end = start + 1; end <= Math.min(words.length, start + longest); end++) {
      key = end === start + 1 ? (words[start] as string) : `${key} ${words[end - 1]}`;
      for (const name of names.get(key) ?? []) here.set(name, end);
    }
    for (const [name, end] of here) found.push({ name, start, end });
  }
  return found;
}
