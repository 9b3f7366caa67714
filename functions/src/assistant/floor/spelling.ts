/** Shorter words have too many real neighbours: `fire` and `five`. The lexicon lists those itself. */
const SHORTEST = 7;
const LONGEST = 24;

/**
 * Corrects a word that is one slip away from a word of the lexicon and is no word of its own:
 * one letter missing, added, wrong, or two exchanged. The first letter must be right.
 */
export function createSpelling(
  vocabulary: ReadonlySet<string>,
  notMisspelt: ReadonlySet<string>,
): (word: string) => string {
  const meant = new Map<string, string>();
  for (const word of vocabulary) {
    if (word.length < SHORTEST) continue;
    for (const shorter of withoutOneLetter(word)) if (!meant.has(shorter)) meant.set(shorter, word);
  }

  return function spell(word) {
    if (vocabulary.has(word) || notMisspelt.has(word)) return word;
    if (word.length < SHORTEST - 1 || word.length > LONGEST) return word;
    const missing = meant.get(word);
    if (missing) return missing;
    for (const shorter of withoutOneLetter(word)) {
      if (shorter.length >= SHORTEST && vocabulary.has(shorter)) return shorter;
      const wrong = meant.get(shorter);
      if (wrong && Math.abs(wrong.length - word.length) <= 1) return wrong;
    }
    return word;
  };
}

function* withoutOneLetter(word: string): Generator<string> {
  for (let at = 1; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1);
}
