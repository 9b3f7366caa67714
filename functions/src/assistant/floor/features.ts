import type { WordClasses } from './phrase-language.ts';
import { type Token, unaccented } from './words.ts';

/** Letters of a piece of a word: short enough to survive an ending, long enough to mean something. */
const PIECES = { shortest: 3, longest: 5 };
/** A longer word is cut: nothing that people say is longer. */
const LONGEST_WORD = 24;
/** How many words after a denial it may speak of. */
const DENIED = 4;

/** Tells words, and pieces of them: these are many and each says little, so they count half. */
export const isPiece = (feature: string) => feature.startsWith('~');

/**
 * What a text holds, by names that a person can read: `fire` a word, `not_breathing` two words one
 * after the other, `not..out` two with one between them, `no>smoke` a word soon after a denial,
 * `~breath` a piece of a word (`^` its beginning, `$` its end), `@limb` a class of the lexicon,
 * `@limb+@machine` two of them in one sentence, `^is` and `^is_the` how the text begins, `wrong$`
 * how it ends.
 */
export function createFeatures(
  classes: WordClasses,
  negators: ReadonlySet<string>,
): (tokens: readonly Token[]) => Set<string> {
  const classesOf = createClassesOf(classes);
  return (tokens) => {
    const features = new Set<string>();
    const classed = new Map<number, Set<string>>();
    let denied = 0;
    for (const [at, { word, sentence, clause }] of tokens.entries()) {
      if (!features.has(word)) addPieces(features, word);
      features.add(word);
      const [next, afterNext] = [tokens[at + 1], tokens[at + 2]];
      if (next?.sentence === sentence) features.add(`${word}_${next.word}`);
      if (afterNext?.sentence === sentence) features.add(`${word}..${afterNext.word}`);
      if (clause !== tokens[at - 1]?.clause) denied = 0;
      if (denied > 0) features.add(`no>${word}`);
      denied = negators.has(word) ? DENIED : denied - 1;
      const seen = classed.get(sentence) ?? new Set();
      classed.set(sentence, seen);
      for (const name of classesOf(word)) seen.add(name);
    }
    addClasses(features, classed.values());
    const [first, second, last] = [tokens[0], tokens[1], tokens.at(-1)];
    if (first) features.add(`^${first.word}`);
    if (first && second) features.add(`^${first.word}_${second.word}`);
    if (last) features.add(`${last.word}$`);
    return features;
  };
}

function addPieces(features: Set<string>, word: string): void {
  const whole = `^${word.slice(0, LONGEST_WORD)}$`;
  for (let length = PIECES.shortest; length <= PIECES.longest; length++) {
    for (let at = 0; at + length <= whole.length; at++) {
      features.add(`~${whole.slice(at, at + length)}`);
    }
  }
}

function addClasses(features: Set<string>, sentences: Iterable<ReadonlySet<string>>): void {
  for (const seen of sentences) {
    const names = [...seen].sort();
    for (const [at, name] of names.entries()) {
      features.add(`@${name}`);
      for (const other of names.slice(at + 1)) features.add(`@${name}+@${other}`);
    }
  }
}

function createClassesOf(classes: WordClasses): (word: string) => Iterable<string> {
  const exact = new Map<string, string[]>();
  const byStem = new Map<string, [prefix: string, name: string][]>();
  for (const [name, words] of Object.entries(classes)) {
    for (const word of unaccented(words).trim().split(/\s+/)) {
      if (word.endsWith('*')) addTo(byStem, word.slice(0, 3), [word.slice(0, -1), name]);
      else addTo(exact, word, name);
    }
  }
  return function* classesOf(word) {
    yield* exact.get(word) ?? [];
    for (const [prefix, name] of byStem.get(word.slice(0, 3)) ?? []) {
      if (word.startsWith(prefix)) yield name;
    }
  };
}

function addTo<T>(known: Map<string, T[]>, key: string, value: T): void {
  const values = known.get(key);
  if (values) values.push(value);
  else known.set(key, [value]);
}
