import { tokenize } from '../floor/words.ts';

/** The words of a text, lower case and without accents, as the recognizer sees them. */
export function wordsOf(text: string): string[] {
  return tokenize(text).map(({ word }) => word);
}

/** Whether the words stand in the others side by side, in their order. */
export function occursIn(words: readonly string[], others: readonly string[]): boolean {
  if (words.length === 0) return false;
  return others.some((_, at) => words.every((word, index) => others[at + index] === word));
}

export function has(words: readonly string[], set: ReadonlySet<string>): boolean {
  return words.some((word) => set.has(word));
}

/** Words as {@link wordsOf} gives them; in English, Hindi in both scripts, and Spanish. */
export const wordSet = (text: string): ReadonlySet<string> => new Set(wordsOf(text));

/** Takes back what the words beside it say. */
export const NEGATIONS = wordSet(
  `no not never none nobody nothing nowhere neither nor without hardly
  nahi nahin nahii mat na bina नहीं नही मत न ना बिना
  ni nunca nadie nada ninguno ninguna ningún sin tampoco jamás`,
);

/** Makes what follows a condition, or limits it. */
export const CONDITIONS = wordSet(
  `only unless until till before after if when while except but whether once otherwise or
  agar jab tak sirf pehle baad jabki ya warna अगर जब तक सिर्फ केवल पहले बाद या वरना लेकिन
  solo si hasta antes después cuando mientras excepto salvo pero o sino`,
);

/** Numbers that are written as words. */
export const NUMBER_WORDS = wordSet(
  `zero one two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred
  thousand double triple ek do teen char chaar paanch chhe saat aath nau das sau
  एक दो तीन चार पाँच पांच छह सात आठ नौ दस सौ हज़ार
  cero uno una dos tres cuatro cinco seis siete ocho nueve diez once doce veinte cien mil`,
);

const ADDRESS =
  /https?:|www\.|:\/\/|@|\bdot\b|[\p{L}\p{N}-]+\.(?:com|org|net|io|in|es|de|uk|gov|edu|info|app|dev|co|me|ly)(?![\p{L}\p{M}])/iu;

export function hasAddress(text: string): boolean {
  return ADDRESS.test(text);
}

export function hasNumber(text: string): boolean {
  return /\p{N}/u.test(text) || has(wordsOf(text), NUMBER_WORDS);
}

/**
 * The text in its plain form, or undefined where characters in it hide something: control, format
 * and private-use characters, symbols and pictures.
 */
export function inPlainForm(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  return plain === '' || /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{S}]/u.test(plain)
    ? undefined
    : plain;
}
