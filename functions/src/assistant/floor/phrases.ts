import { type Token, unaccented } from './words.ts';

/**
 * Matches the lexicon's phrases against words. The language of a phrase:
 *
 * - words separated by spaces follow each other: `on fire`
 * - `a|b` is one or the other word, `leak*` any word that begins so, `the?` may be absent
 * - `..` is up to five words of any kind
 * - `@name` is a class of words, defined beside the lexicon
 *
 * Commas and line ends separate phrases. A phrase never reaches across the end of a sentence. Words
 * are compared one by one, without regular expressions, so no input can make it slow.
 */
export interface Match<T> {
  value: T;
  /** Index of the first word and of the one after the last. */
  start: number;
  end: number;
}

export type WordClasses = Readonly<Record<string, string>>;

interface Element {
  exact: ReadonlySet<string>;
  prefixes: readonly string[];
  optional: boolean;
  gap: boolean;
}

type Phrase = readonly Element[];

export interface PhraseBook<T> {
  find(tokens: readonly Token[]): Match<T>[];
  /** Every whole word of every phrase; what a misspelt word may have meant. */
  vocabulary: ReadonlySet<string>;
}

const MAX_GAP = 5;

/** The shortest beginning of a word that a phrase may begin with, as in `leak*`. */
const STEM = 3;

export function createPhraseBook<T>(
  entries: readonly { phrases: string; value: T }[],
  classes: WordClasses,
): PhraseBook<T> {
  const byWord = new Map<string, { phrase: Phrase; value: T }[]>();
  const byStem = new Map<string, { prefix: string; phrase: Phrase; value: T }[]>();
  const vocabulary = new Set<string>();
  for (const { phrases, value } of entries) {
    for (const phrase of compile(phrases, classes)) {
      for (const element of phrase) for (const word of element.exact) vocabulary.add(word);
      const first = phrase[0] as Element;
      for (const word of first.exact) {
        const known = byWord.get(word);
        if (known) known.push({ phrase, value });
        else byWord.set(word, [{ phrase, value }]);
      }
      for (const prefix of first.prefixes) {
        const stem = prefix.slice(0, STEM);
        byStem.set(stem, [...(byStem.get(stem) ?? []), { prefix, phrase, value }]);
      }
    }
  }

  return { find, vocabulary };

  function find(tokens: readonly Token[]): Match<T>[] {
    const matches: Match<T>[] = [];
    for (let start = 0; start < tokens.length; start++) {
      const { word } = tokens[start] as Token;
      for (const { phrase, value } of byWord.get(word) ?? []) add(phrase, value, start);
      for (const { prefix, phrase, value } of byStem.get(word.slice(0, STEM)) ?? []) {
        if (word.startsWith(prefix)) add(phrase, value, start);
      }
    }
    return matches;

    function add(phrase: Phrase, value: T, start: number): void {
      const end = matchFrom(phrase, 0, tokens, start, (tokens[start] as Token).sentence);
      if (end !== undefined) matches.push({ value, start, end });
    }
  }
}

/** Separate phrases as elements; throws for a phrase that can't be looked up by its first word. */
function compile(phrases: string, classes: WordClasses): Phrase[] {
  return unaccented(phrases)
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .map((phrase) => {
      const elements = phrase.split(/\s+/).map((part) => element(part, classes));
      const first = elements[0];
      if (!first || first.optional || first.gap) {
        throw new Error(`The phrase "${phrase}" must begin with a word that can't be absent`);
      }
      if (first.prefixes.some((prefix) => prefix.length < STEM)) {
        throw new Error(`The phrase "${phrase}" must begin with at least ${STEM} letters`);
      }
      return elements;
    });
}

function element(part: string, classes: WordClasses): Element {
  if (part === '..') return { exact: new Set(), prefixes: [], optional: false, gap: true };
  const optional = part.endsWith('?');
  const words = part
    .replace(/\?$/, '')
    .split('|')
    .flatMap((word) => {
      if (!word.startsWith('@')) return [word];
      const members = classes[word.slice(1)];
      if (members === undefined) throw new Error(`The lexicon has no class of words ${word}`);
      return unaccented(members).trim().split(/\s+/);
    });
  return {
    exact: new Set(words.filter((word) => !word.endsWith('*'))),
    prefixes: words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
    optional,
    gap: false,
  };
}

/** The index after the last word of the shortest match, or undefined. */
function matchFrom(
  phrase: Phrase,
  index: number,
  tokens: readonly Token[],
  at: number,
  sentence: number,
): number | undefined {
  const part = phrase[index];
  if (!part) return at;
  if (part.gap) {
    for (let skipped = 0; skipped <= MAX_GAP; skipped++) {
      const end = matchFrom(phrase, index + 1, tokens, at + skipped, sentence);
      if (end !== undefined) return end;
    }
    return undefined;
  }
  const token = tokens[at];
  if (token && token.sentence === sentence && matches(part, token.word)) {
    const end = matchFrom(phrase, index + 1, tokens, at + 1, sentence);
    if (end !== undefined) return end;
  }
  return part.optional ? matchFrom(phrase, index + 1, tokens, at, sentence) : undefined;
}

function matches(part: Element, word: string): boolean {
  return part.exact.has(word) || part.prefixes.some((prefix) => word.startsWith(prefix));
}
