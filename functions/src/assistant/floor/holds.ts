import { type Element, STEM, type Words } from './phrase-language.ts';
import type { Token } from './words.ts';

/** Tells quickly of most elements that a text holds no word for them; never of one that it does hold. */
export function createHolds(tokens: readonly Token[]): (element: Element) => boolean {
  const words = new Set(tokens.map(({ word }) => word));
  const stems = new Set(Array.from(words, (word) => word.slice(0, STEM)));
  const classes = new Map<Words, boolean>();
  const held = (of: Words) => {
    if (of.suffixes.length > 0) return true;
    for (const word of of.exact) if (words.has(word)) return true;
    return of.prefixes.some((prefix) => prefix.length < STEM || stems.has(prefix.slice(0, STEM)));
  };
  const heldOnce = (of: Words) => {
    const known = classes.get(of);
    if (known !== undefined) return known;
    const is = held(of);
    classes.set(of, is);
    return is;
  };
  return ({ words, optional, gap }) => {
    if (optional || gap > 0) return true;
    for (const of of words) if (of.isClass ? heldOnce(of) : held(of)) return true;
    return false;
  };
}
