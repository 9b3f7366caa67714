import * as places from './places.ts';
import { setOf, type Word } from './said.ts';

const WHERE_IS = setOf('where kahan kaha kidhar कहां कहा किधर donde');
const IS_WHERE = setOf('is are can do should will would esta estan queda hay');
const HYPOTHETICAL = setOf('if whether suppose agar yadi अगर यदि yesterday tomorrow ayer manana');
const NOT = setOf('not nahi nahin nhi nai नहीं नही no');

/** What stands before a place, and what it makes of it. */
export interface Before {
  kind: 'plain' | 'relation' | 'way' | 'not' | 'none';
  /** The index of its first word. */
  first: number;
}

export function prepositionBefore(words: readonly Word[], at: number): Before {
  let index = at;
  if (places.NUMBER_SIGNS.has(words[index - 1]?.word ?? '')) index--;
  if (places.ARTICLES.has(words[index - 1]?.word ?? '')) index--;
  for (const length of [4, 3, 2, 1]) {
    const phrase = words
      .slice(Math.max(0, index - length), index)
      .map(({ word }) => word)
      .join(' ');
    if (places.RELATIONS.includes(phrase)) return before('relation', index - length);
  }
  const word = words[index - 1]?.word ?? '';
  if (NOT.has(word) && word !== 'no') return { kind: 'not', first: index - 1 };
  if (places.PLAIN_PREPOSITIONS.has(word)) return before('plain', index - 1);
  if (places.WAYS.has(word)) return before('way', index - 1);
  return { kind: 'none', first: at };

  function before(kind: Before['kind'], first: number): Before {
    return NOT.has(words[first - 1]?.word ?? '') && !isAlone(words, first - 1)
      ? { kind: 'not', first }
      : { kind, first };
  }
}

/** "No, in hall 3" is no negation of the place. */
function isAlone(words: readonly Word[], at: number): boolean {
  return words[at]?.word === 'no' && words[at]?.clause !== words[at + 1]?.clause;
}

export function postpositionAfter(words: readonly Word[], at: number) {
  const { word = '' } = words[at] ?? {};
  if (places.KE.has(word) && places.RELATIONS_AFTER.has(words[at + 1]?.word ?? '')) {
    return { is: true, keep: true, after: at + 2 };
  }
  return places.PLAIN_POSTPOSITIONS.has(word)
    ? { is: true, keep: false, after: at + 1 }
    : { is: false, keep: false, after: at };
}

/** "hall teen mein nahi": Hindi denies after the place. */
export function isDenied(
  words: readonly Word[],
  after: number,
  behind: { is: boolean; after: number },
) {
  const denial = words[behind.is ? behind.after : after];
  return behind.is && NOT.has(denial?.word ?? '') && denial?.clause === words[after - 1]?.clause;
}

/** "where is the canteen", "canteen kahan hai": the caller looks for the place. */
export function isAskedFor(words: readonly Word[], first: number, after: number): boolean {
  const sentence = words[first]?.sentence;
  for (let at = first - 1; at >= Math.max(0, first - 6); at--) {
    const word = words[at];
    if (!word || word.sentence !== sentence) break;
    if (WHERE_IS.has(word.word) && IS_WHERE.has(words[at + 1]?.word ?? '')) return true;
    if (word.word === 'how' && words.slice(at, first).some((other) => other.word === 'to'))
      return true;
  }
  return words
    .slice(after, after + 3)
    .some((word) => word.sentence === sentence && WHERE_IS.has(word.word));
}

export function isHypothetical(words: readonly Word[], at: number): boolean {
  const sentence = words[at]?.sentence;
  return words.some((word) => word.sentence === sentence && HYPOTHETICAL.has(word.word));
}
