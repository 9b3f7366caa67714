import { unaccented } from './words.ts';

/** The language of the lexicon's phrases, as functions/lexicon/README.md describes it: from text to elements. */

/** Words by the name of their class, separated by white space. */
export type WordClasses = Readonly<Record<string, string>>;

export interface Words {
  exact: ReadonlySet<string>;
  prefixes: readonly string[];
  suffixes: readonly string[];
  /** A class of words, shared by all phrases that name it. */
  isClass: boolean;
}

export interface Element {
  words: readonly Words[];
  optional: boolean;
  /** More than 0: this many words of any kind, or fewer. */
  gap: number;
}

export type Part = readonly Element[];

const GAPS: Readonly<Record<string, number>> = { '..': 5, '...': 10 };

/** The shortest beginning of a word that a phrase may begin with, as in `leak*`. */
export const STEM = 3;

/** Phrases one by one, each as its parts. */
export function separate(phrases: string): string[][] {
  return unaccented(phrases)
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.split(' & ').map((part) => part.trim()));
}

/** Every whole word of the phrases and classes, without looking at their structure. */
export function vocabularyOf(
  entries: readonly { phrases: string }[],
  classes: WordClasses,
): ReadonlySet<string> {
  const texts = [...entries.map(({ phrases }) => phrases), ...Object.values(classes)];
  const words = unaccented(texts.join(' ')).matchAll(/(?<![@*])[\p{L}\p{M}\p{N}]+(?!\*)/gu);
  return new Set(Array.from(words, ([word]) => word));
}

/** Throws for a part that can't be looked up by its first word. */
export function firstWords(part: string, wordsOf: (name: string) => Words): readonly Words[] {
  const first = element(part.split(/\s+/, 1)[0] as string, wordsOf);
  if (first.optional || first.gap > 0 || first.words.length === 0) {
    throw new Error(`The phrase "${part}" must begin with a word that can't be absent`);
  }
  if (first.words.some(({ prefixes }) => prefixes.some((prefix) => prefix.length < STEM))) {
    throw new Error(`The phrase "${part}" must begin with at least ${STEM} letters`);
  }
  if (first.words.some(({ suffixes }) => suffixes.length > 0)) {
    throw new Error(`The phrase "${part}" can't begin with the end of a word`);
  }
  return first.words;
}

export function compilePart(part: string, wordsOf: (name: string) => Words): Part {
  return part.split(/\s+/).map((piece) => element(piece, wordsOf));
}

function element(piece: string, wordsOf: (name: string) => Words): Element {
  const gap = GAPS[piece];
  if (gap !== undefined) return { words: [], optional: false, gap };
  const names = piece.replace(/\?$/, '').split('|');
  const words = names.filter((name) => name.startsWith('@')).map((name) => wordsOf(name.slice(1)));
  const own = names.filter((name) => !name.startsWith('@'));
  if (own.length > 0) words.push(toWords(own, false));
  return { words, optional: piece.endsWith('?'), gap: 0 };
}

function toWords(all: readonly string[], isClass: boolean): Words {
  return {
    exact: new Set(all.filter((word) => !word.includes('*'))),
    prefixes: all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
    suffixes: all.filter((word) => word.startsWith('*')).map((word) => word.slice(1)),
    isClass,
  };
}

/** Each class is compiled once, however many phrases name it. */
export function createClasses(classes: WordClasses): (name: string) => Words {
  const compiled = new Map<string, Words>();
  return (name) => {
    const known = compiled.get(name);
    if (known) return known;
    if (!Object.hasOwn(classes, name))
      throw new Error(`The lexicon has no class of words @${name}`);
    const words = toWords(
      unaccented(classes[name] as string)
        .trim()
        .split(/\s+/),
      true,
    );
    compiled.set(name, words);
    return words;
  };
}
