import { baseOf } from '../../calls/language-tags.ts';
import { promisesHelp } from '../languages/promises.ts';
import type { Passage } from '../manual/passages.ts';
import { CONDITIONS, has, hasAddress, inPlainForm, NEGATIONS, wordSet, wordsOf } from './words.ts';

/** Longer is not listened to. */
const MOST_WORDS = 60;

/** How a sentence of a language may be shortened; of other languages none is. */
interface Language {
  /** A sentence that begins so tells something; any other may be an order and stays whole. */
  beginnings: ReadonlySet<string>;
  /** Says what somebody must, may or can do: such a sentence stays whole too. */
  duties: ReadonlySet<string>;
  /** Says nothing by itself. `on`, `off`, `and` and `or` do say something. */
  empty: ReadonlySet<string>;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    beginnings: wordSet('the a an it there this that these those our your its'),
    duties: wordSet(
      'must should shall may might can could will would need needs have has let please',
    ),
    empty: wordSet(
      'a an the is are was were it its this that these those there you your of for at',
    ),
  },
  es: {
    beginnings: wordSet('el la los las un una unos unas hay este esta estos estas su'),
    duties: wordSet('debe deben debo puede pueden puedo hay que tiene tienen necesita favor'),
    empty: wordSet('el la los las un una unos unas es son está están de del al su sus lo'),
  },
};

const KEEPS_MEANING: ReadonlySet<string> = new Set([...NEGATIONS, ...CONDITIONS]);

/**
 * A composed answer, where every sentence of it is one sentence of one passage, word for word or
 * shortened: its words all occur there, in the same order, and nothing was left out that takes back,
 * limits or makes a condition. Orders and duties are never shortened. So it can say less than the manual and nothing else. Undefined
 * otherwise.
 */
export function acceptAnswer(
  text: string | null,
  passages: readonly Passage[],
): string | undefined {
  const plain = text === null ? undefined : inPlainForm(text);
  if (plain === undefined || passages.length === 0) return undefined;
  if (plain.split(/\s+/).length > MOST_WORDS || hasAddress(plain) || promisesHelp(plain))
    return undefined;
  const known = passages.flatMap(({ text: words, language }) =>
    sentencesOf(words).map((sentence) => ({ words: wordsOf(sentence), language })),
  );
  const grounded = sentencesOf(plain).every((sentence) => {
    const words = wordsOf(sentence);
    return (
      words.length > 0 && known.some((source) => shortens(words, source.words, source.language))
    );
  });
  return grounded ? plain : undefined;
}

function sentencesOf(text: string): string[] {
  return text.split(/[.!?\n\u0964]+(?=\s|$)/u).filter((sentence) => sentence.trim() !== '');
}

function shortens(words: readonly string[], source: readonly string[], language: string): boolean {
  if (words.join(' ') === source.join(' ')) return true;
  const rules = LANGUAGES[baseOf(language)];
  if (!rules?.beginnings.has(words[0] ?? '') || has(source, rules.duties)) return false;
  const says = (all: readonly string[]) => all.filter((word) => !rules.empty.has(word));
  const short = says(words);
  const whole = says(source);
  const kept = (all: readonly string[]) => all.filter((word) => KEEPS_MEANING.has(word)).join(' ');
  return short.length > 0 && inOrder(short, whole) && kept(short) === kept(whole);
}

function inOrder(words: readonly string[], source: readonly string[]): boolean {
  let at = 0;
  for (const word of words) {
    const found = source.indexOf(word, at);
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}
