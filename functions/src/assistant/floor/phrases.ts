import { Holds, type Needs } from './holds.ts';
import {
  compilePart,
  createClasses,
  type Element,
  firstWords,
  type Part,
  STEM,
  separate,
  vocabularyOf,
  type WordClasses,
  type Words,
} from './phrase-language.ts';
import type { Token } from './words.ts';

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

export interface PhraseBook<T> {
  find(tokens: readonly Token[]): Match<T>[];
  /** Every whole word of every phrase and class; what a misspelt word may have meant. */
  vocabulary: ReadonlySet<string>;
}

/** How many words lie at most between the parts of a phrase that stand in any order. */
const REACH = 12;

/** Compiled when a text first holds the first word of a part: most never are, and start-up is quick. */
interface Phrase<T> {
  sources: readonly string[];
  parts: readonly Part[] | undefined;
  needs: Needs;
  value: T;
  /** The text that was looked at last, and whether it holds a word for each place of the phrase. */
  looked: number;
  possible: boolean;
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
  const byClass = new Map<Words, Entrance<T>[]>();
  const holds = new Holds();
  for (const { phrases, value } of entries) {
    for (const sources of separate(phrases)) {
      const phrase = { sources, parts: undefined, needs: [], value, looked: 0, possible: false };
      for (const [part, source] of sources.entries()) {
        for (const words of firstWords(source, wordsOf)) enter(words, { phrase, part });
      }
    }
  }
  // A class is looked up once a word, however many phrases begin with it.
  for (const [words, entrances] of byClass) {
    for (const word of words.exact) byWord.set(word, [...(byWord.get(word) ?? []), ...entrances]);
  }

  return {
    find,
    get vocabulary() {
      return vocabularyOf(entries, classes);
    },
  };

  function enter(words: Words, entrance: Entrance<T>): void {
    if (words.isClass) addTo(byClass, words, entrance);
    else for (const word of words.exact) addTo(byWord, word, entrance);
    for (const prefix of words.prefixes) {
      addTo(byStem, prefix.slice(0, STEM), { prefix, entrance });
    }
  }

  function find(tokens: readonly Token[]): Match<T>[] {
    const matches: Match<T>[] = [];
    const parted = new Map<Phrase<T>, number[][][]>();
    const text = holds.look(tokens);
    const entrances = new Map<string, readonly Entrance<T>[]>();
    for (let start = 0; start < tokens.length; start++) {
      for (const entrance of entrancesAt((tokens[start] as Token).word)) add(entrance, start);
    }
    for (const [{ value }, places] of parted) {
      for (const words of together(places, tokens)) matches.push(match(value, words));
    }
    return matches;

    /** Looked for once a word, however often it is said. */
    function entrancesAt(word: string): readonly Entrance<T>[] {
      const known = entrances.get(word);
      if (known) return known;
      const found = (byWord.get(word) ?? []).filter(isPossible);
      for (const { prefix, entrance } of byStem.get(word.slice(0, STEM)) ?? []) {
        if (word.startsWith(prefix) && isPossible(entrance)) found.push(entrance);
      }
      entrances.set(word, found);
      return found;
    }

    function isPossible({ phrase }: Entrance<T>): boolean {
      if (phrase.looked !== text) {
        if (!phrase.parts) compile(phrase);
        phrase.looked = text;
        phrase.possible = holds.all(phrase.needs);
      }
      return phrase.possible;
    }

    function compile(phrase: Phrase<T>): void {
      phrase.parts = phrase.sources.map((source) => compilePart(source, wordsOf));
      phrase.needs = holds.needsOf(phrase.parts);
    }

    function add({ phrase, part }: Entrance<T>, start: number): void {
      const { sentence } = tokens[start] as Token;
      const parts = phrase.parts as readonly Part[];
      // The first word is what led here.
      const rest = matchFrom(parts[part] as Part, 1, tokens, start + 1, sentence);
      if (!rest) return;
      const words = [start, ...rest];
      if (parts.length === 1) {
        matches.push(match(phrase.value, words));
        return;
      }
      const places = parted.get(phrase) ?? parts.map(() => []);
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

/** Plain loops: most of the recognizer's time is spent here. */
function matches({ words }: Element, word: string): boolean {
  for (const { exact, prefixes, suffixes } of words) {
    if (exact.has(word)) return true;
    for (const prefix of prefixes) if (word.startsWith(prefix)) return true;
    for (const suffix of suffixes) {
      if (word.length > suffix.length && word.endsWith(suffix)) return true;
    }
  }
  return false;
}

function addTo<K, T>(known: Map<K, T[]>, key: K, value: T): void {
  const values = known.get(key);
  if (values) values.push(value);
  else known.set(key, [value]);
}
