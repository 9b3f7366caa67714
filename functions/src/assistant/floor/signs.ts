import type { Judge } from './judge.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import { createPhraseBook } from './phrases.ts';
import type { Token } from './words.ts';

const POINTS = new Map<Meaning, number>([
  ['sign', 1],
  ['strong sign', 2],
]);

/** From so many points on somebody is taken to be in danger. */
export const DANGER = 3;

/**
 * Adds up weak signs of trouble: for what callers say in words that no hazard of the lexicon lists.
 * Each entry counts once, however many of its phrases are said; what is denied, past, asked or only
 * an errand does not count, and without one strong sign nothing does.
 */
export function createSigns(
  lexicon: Lexicon,
): (tokens: readonly Token[], because: Judge) => number {
  const entries = lexicon.context.filter(({ meaning }) => POINTS.has(meaning));
  const book = createPhraseBook(
    entries.map((entry) => ({ phrases: entry.phrases, value: entry })),
    lexicon.classes,
  );
  return (tokens, because) => {
    const seen = new Set(
      book
        .find(tokens)
        .filter((sign) => because(sign, '') === undefined)
        .map(({ value }) => value),
    );
    if (![...seen].some(({ meaning }) => meaning === 'strong sign')) return 0;
    return [...seen].reduce((sum, { meaning }) => sum + (POINTS.get(meaning) ?? 0), 0);
  };
}
