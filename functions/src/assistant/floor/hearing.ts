import { doubleMetaphone } from 'double-metaphone';
import type { MisheardEntry } from './lexicon.ts';
import type { WordClasses } from './phrase-language.ts';
import { createPhraseBook } from './phrases.ts';
import { createSpelling } from './spelling.ts';
import type { Token } from './words.ts';

/** Shorter words sound like too many others. */
const SHORTEST_BY_SOUND = 9;
/** Two shorter halves may be two words after all. */
const SHORTEST_CUT = 8;
/** How much longer or shorter a word that sounds the same may be written. */
const MOST_LETTERS_APART = 2;

/**
 * Puts right what speech recognition and hasty fingers make of danger words: what is listed as
 * misheard, a danger word with one slip, one that sounds the same, and one cut in two.
 *
 * @param vocabulary every word of the lexicon; these are left as they are
 */
export function createHearing(
  vocabulary: ReadonlySet<string>,
  dangerWords: ReadonlySet<string>,
  realWords: ReadonlySet<string>,
  misheard: readonly MisheardEntry[],
  classes: WordClasses,
): (tokens: readonly Token[]) => Token[] {
  const book = createPhraseBook(
    misheard.map(({ heard, meant }) => ({ phrases: heard, value: meant.split(' ') })),
    classes,
  );
  const spell = createSpelling(dangerWords, realWords);
  const bySound = createSounds(dangerWords);

  return function hear(tokens) {
    const words = tokens.map((token) => ({ ...token, word: correct(token.word) }));
    const joined = joinCutWords(words);
    return replaceMisheard(joined);
  };

  function correct(word: string): string {
    if (vocabulary.has(word) || realWords.has(word)) return word;
    const spelt = spell(word);
    return spelt === word ? (bySound(word) ?? word) : spelt;
  }

  /** "ex plosion", "un conscious". */
  function joinCutWords(tokens: readonly Token[]): Token[] {
    const joined: Token[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const [one, two] = [tokens[at] as Token, tokens[at + 1]];
      const whole = two && one.sentence === two.sentence ? one.word + two.word : '';
      const cut = whole.length >= SHORTEST_CUT && dangerWords.has(whole);
      if (cut) at += 1;
      joined.push(cut ? { ...one, word: whole } : one);
    }
    return joined;
  }

  function replaceMisheard(tokens: readonly Token[]): Token[] {
    const found = book.find(tokens).sort((one, other) => one.start - other.start);
    if (found.length === 0) return [...tokens];
    const replaced: Token[] = [];
    let at = 0;
    for (const { start, end, value } of found) {
      if (start < at) continue;
      replaced.push(...tokens.slice(at, start));
      replaced.push(...value.map((word) => ({ ...(tokens[start] as Token), word })));
      at = end;
    }
    return [...replaced, ...tokens.slice(at)];
  }
}

function createSounds(words: ReadonlySet<string>): (word: string) => string | undefined {
  const known = new Map<string, string>();
  for (const word of words) {
    if (!isLatin(word) || word.length < SHORTEST_BY_SOUND) continue;
    const [sound] = doubleMetaphone(word);
    if (sound.length > 3 && !known.has(sound)) known.set(sound, word);
  }
  return (word) => {
    if (word.length < SHORTEST_BY_SOUND - 2 || word.length > 24 || !isLatin(word)) return undefined;
    const meant = known.get(doubleMetaphone(word)[0]);
    if (!meant || meant[0] !== word[0]) return undefined;
    return Math.abs(meant.length - word.length) <= MOST_LETTERS_APART ? meant : undefined;
  };
}

function isLatin(word: string): boolean {
  return /^[a-z]+$/.test(word);
}
