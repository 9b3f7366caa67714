import { type Token, unaccented } from './words.ts';

/**
 * Matches the lexicon's phrases against words; functions/lexicon/README.md describes their language.
 * Words are compared one by one, without regular expressions, so no input can make it slow.
 */
export interface Match<T> {
  value: T;
  /** Index of the first word and of the one after the last. */
  start: number;
  end: number;
  /** Indexes of the words that the phrase itself names, in order; those between them are gaps. */
  words: readonly number[];
}

/** Words by the name of their class, separated by white space. */
export type WordClasses = Readonly<Record<string, string>>;

interface Words {
  exact: ReadonlySet<string>;
  prefixes: readonly string[];
  suffixes: readonly string[];
}

interface Element {
  words: readonly Words[];
  optional: boolean;
  /** More than 0: this many words of any kind, or fewer. */
  gap: number;
}

type Part = readonly Element[];

export interface PhraseBook<T> {
  find(tokens: readonly Token[]): Match<T>[];
  /** Every whole word of every phrase; what a misspelt word may have meant. */
  vocabulary: ReadonlySet<string>;
}

const GAPS: Readonly<Record<string, number>> = { '..': 5, '...': 10 };

/** How many words lie at most between the parts of a phrase that stand in any order. */
const REACH = 12;

/** The shortest beginning of a word that a phrase may begin with, as in `leak*`. */
const STEM = 3;

interface Phrase<T> {
  parts: readonly Part[];
  value: T;
}

interface Entrance<T> {
  phrase: Phrase<T>;
  part: number;
}

export function createPhraseBook<T>(
  entries: readonly { phrases: string; value: T }[],
  classes: WordClasses,
): PhraseBook<T> {
  const wordsOf = createClasses(classes);
  const byWord = new Map<string, Entrance<T>[]>();
  const byStem = new Map<string, { prefix: string; entrance: Entrance<T> }[]>();
  const vocabulary = new Set<string>();
  for (const { phrases, value } of entries) {
    for (const parts of compile(phrases, wordsOf)) {
      const phrase = { parts, value };
      for (const [part, elements] of parts.entries()) {
        for (const { words } of elements)
          for (const { exact } of words) for (const word of exact) vocabulary.add(word);
        for (const { exact, prefixes } of (elements[0] as Element).words) {
          const entrance = { phrase, part };
          for (const word of exact) addTo(byWord, word, entrance);
          for (const prefix of prefixes) addTo(byStem, prefix.slice(0, STEM), { prefix, entrance });
        }
      }
    }
  }

  return { find, vocabulary };

  function find(tokens: readonly Token[]): Match<T>[] {
    const matches: Match<T>[] = [];
    const parted = new Map<Phrase<T>, number[][][]>();
    for (let start = 0; start < tokens.length; start++) {
      const { word } = tokens[start] as Token;
      for (const entrance of byWord.get(word) ?? []) add(entrance, start);
      for (const { prefix, entrance } of byStem.get(word.slice(0, STEM)) ?? []) {
        if (word.startsWith(prefix)) add(entrance, start);
      }
    }
    for (const [{ value }, places] of parted) {
      for (const words of together(places, tokens)) matches.push(match(value, words));
    }
    return matches;

    function add({ phrase, part }: Entrance<T>, start: number): void {
      const { sentence } = tokens[start] as Token;
      const words = matchFrom(phrase.parts[part] as Part, 0, tokens, start, sentence);
      if (!words) return;
      if (phrase.parts.length === 1) {
        matches.push(match(phrase.value, words));
        return;
      }
      const places = parted.get(phrase) ?? phrase.parts.map(() => []);
      (places[part] as number[][]).push(words);
      parted.set(phrase, places);
    }
  }
}

function match<T>(value: T, words: readonly number[]): Match<T> {
  return { value, start: words[0] as number, end: (words.at(-1) as number) + 1, words };
}

/** For each place of the first part the nearest of the others, if they are within reach. */
function together(places: readonly number[][][], tokens: readonly Token[]): number[][] {
  const [first = [], ...others] = places;
  if (others.some((other) => other.length === 0)) return [];
  const cursors = others.map(() => 0);
  const found: number[][] = [];
  for (const place of first) {
    const all = [place];
    for (const [index, other] of others.entries()) {
      const at = place[0] as number;
      let cursor = cursors[index] as number;
      while (cursor + 1 < other.length && firstOf(other[cursor + 1]) <= at) cursor += 1;
      cursors[index] = cursor;
      const near = [other[cursor - 1], other[cursor], other[cursor + 1], other[cursor + 2]]
        .filter((candidate) => candidate !== undefined)
        .filter((candidate) => isNear(place, candidate, tokens))
        .sort((one, two) => Math.abs(firstOf(one) - at) - Math.abs(firstOf(two) - at))[0];
      if (near) all.push(near);
    }
    if (all.length === places.length) {
      found.push([...new Set(all.flat())].sort((one, two) => one - two));
    }
  }
  return found;
}

function firstOf(place: readonly number[] | undefined): number {
  return place?.[0] ?? Number.POSITIVE_INFINITY;
}

function isNear(
  place: readonly number[],
  other: readonly number[],
  tokens: readonly Token[],
): boolean {
  const [before, after] = firstOf(place) < firstOf(other) ? [place, other] : [other, place];
  const distance = firstOf(after) - (before.at(-1) as number);
  const { sentence } = tokens[firstOf(place)] as Token;
  return (
    distance > 0 && distance <= REACH && (tokens[firstOf(other)] as Token).sentence === sentence
  );
}

/** Separate phrases as parts; throws for a part that can't be looked up by its first word. */
function compile(phrases: string, wordsOf: (name: string) => Words): Part[][] {
  return unaccented(phrases)
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.split(' & ').map((part) => compilePart(part.trim(), wordsOf)));
}

function compilePart(part: string, wordsOf: (name: string) => Words): Part {
  const elements = part.split(/\s+/).map((piece) => element(piece, wordsOf));
  const [first] = elements;
  if (!first || first.optional || first.gap > 0) {
    throw new Error(`The phrase "${part}" must begin with a word that can't be absent`);
  }
  if (first.words.some(({ prefixes }) => prefixes.some((prefix) => prefix.length < STEM))) {
    throw new Error(`The phrase "${part}" must begin with at least ${STEM} letters`);
  }
  if (first.words.some(({ suffixes }) => suffixes.length > 0)) {
    throw new Error(`The phrase "${part}" can't begin with the end of a word`);
  }
  return elements;
}

function element(piece: string, wordsOf: (name: string) => Words): Element {
  const gap = GAPS[piece];
  if (gap !== undefined) return { words: [], optional: false, gap };
  const names = piece.replace(/\?$/, '').split('|');
  const words = names.filter((name) => name.startsWith('@')).map((name) => wordsOf(name.slice(1)));
  const own = names.filter((name) => !name.startsWith('@'));
  if (own.length > 0) words.push(toWords(own));
  return { words, optional: piece.endsWith('?'), gap: 0 };
}

function toWords(all: readonly string[]): Words {
  return {
    exact: new Set(all.filter((word) => !word.includes('*'))),
    prefixes: all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
    suffixes: all.filter((word) => word.startsWith('*')).map((word) => word.slice(1)),
  };
}

/** Each class is compiled once, however many phrases name it. */
function createClasses(classes: WordClasses): (name: string) => Words {
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
    );
    compiled.set(name, words);
    return words;
  };
}

/** The indexes of the words of the shortest match, or undefined. */
function matchFrom(
  part: Part,
  index: number,
  tokens: readonly Token[],
  at: number,
  sentence: number,
): number[] | undefined {
  const wanted = part[index];
  if (!wanted) return [];
  if (wanted.gap > 0) {
    for (let skipped = 0; skipped <= wanted.gap; skipped++) {
      const rest = matchFrom(part, index + 1, tokens, at + skipped, sentence);
      if (rest) return rest;
    }
    return undefined;
  }
  const token = tokens[at];
  if (token && token.sentence === sentence && matches(wanted, token.word)) {
    const rest = matchFrom(part, index + 1, tokens, at + 1, sentence);
    if (rest) return [at, ...rest];
  }
  return wanted.optional ? matchFrom(part, index + 1, tokens, at, sentence) : undefined;
}

function matches({ words }: Element, word: string): boolean {
  return words.some(
    ({ exact, prefixes, suffixes }) =>
      exact.has(word) ||
      prefixes.some((prefix) => word.startsWith(prefix)) ||
      suffixes.some((suffix) => word.length > suffix.length && word.endsWith(suffix)),
  );
}

function addTo<T>(known: Map<string, T[]>, key: string, value: T): void {
  const values = known.get(key);
  if (values) values.push(value);
  else known.set(key, [value]);
}
