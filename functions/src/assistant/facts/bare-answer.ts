import { setOf, type Word } from './said.ts';

/** Words of an answer that may be nothing but a place. */
const LONGEST = 8;

const BEFORE =
  setOf(`i we am are it is this that at in on near the a an yes yeah ok okay um uh well so just my our
  main hum mein haan ji yahan yeh hai estoy estamos en el la si aqui es inside from calling now right still sir madam`);
const AFTER = setOf(
  'mein me par hai hain hoon hun hum main pe please sir madam here में है हैं पर हूं por favor',
);
/** Where one of these stands, something else than a place was said. */
const NO_PLACE =
  setOf(`i you we he she they it is are was were am be have has had do does did can could will would should
  not no nobody nahi nahin know help please hurry come send call fire smoke burning hurt injured bleeding dying dead
  trapped stuck what why how when who where which repeat again understand hear hello hi sorry dont listen wait fast quick
  quickly emergency danger pain scared yes want need idea sure pata malum kya kaun kab kaise madad bachao jaldi aag nahi
  koi mujhe नहीं क्या मदद बचाओ पता आग जल्दी no se ayuda auxilio socorro rapido fuego que quien como donde everywhere
  nowhere anywhere somewhere minute moment there here outside home thanks thank bye fine safe okay good two three`);

/**
 * The answer to "where are you?" where no place word stands in it: a few words that are no sentence,
 * such as "Sector Kestrel" or "behind Mehta's".
 */
export function bareAnswer(
  text: string,
  words: readonly Word[],
): { value: string; confidence: number } | undefined {
  let first = 0;
  let after = words.length;
  while (first < after && BEFORE.has(words[first]?.word ?? '')) first++;
  while (after > first && AFTER.has(words[after - 1]?.word ?? '')) after--;
  const name = words.slice(first, after);
  if (name.length === 0 || name.length > LONGEST) return undefined;
  if (name.some(({ word }) => NO_PLACE.has(word))) return undefined;
  if (!name.some(({ word }) => /\p{L}{2}|\d/u.test(word))) return undefined;
  return { value: text.slice(name[0]?.start, name.at(-1)?.end), confidence: 0.6 };
}
