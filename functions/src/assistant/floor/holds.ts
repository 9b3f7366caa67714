import { type Part, STEM, type Words } from './phrase-language.ts';
import type { Token } from './words.ts';

/** What a phrase needs at one of its places: one of these words, or beginnings of words, by number. */
interface Need {
  keys: readonly number[];
  /** The class that the words are of: looked up once a text, however many phrases name it. */
  shared: { looked: number; held: boolean } | undefined;
}

export type Needs = readonly (readonly Need[])[];

/**
 * Tells quickly of most phrases that a text does not hold a word for each of their places; never of
 * one for which it does. Words are compared as numbers: this is asked thousands of times a text.
 */
export class Holds {
  readonly #numbers = new Map<string, number>();
  /** By number, the text that held it last. */
  readonly #held: number[] = [];
  readonly #classes = new Map<Words, Need>();
  #words: ReadonlySet<string> = new Set();
  #text = 0;

  /** Looks at another text, whose number is given back. */
  look(tokens: readonly Token[]): number {
    const words = wordsAndStems(tokens);
    this.#words = words;
    this.#text += 1;
    for (const word of words) {
      const number = this.#numbers.get(word);
      if (number !== undefined) this.#held[number] = this.#text;
    }
    return this.#text;
  }

  /** Of every place that can't be empty, the ones with the fewest words first. */
  needsOf(parts: readonly Part[]): Needs {
    return parts
      .flat()
      .filter(({ optional, gap }) => !optional && gap === 0)
      .filter(({ words }) => words.every(isCountable))
      .map(({ words }) => words.map((of) => this.#needOf(of)))
      .sort((one, other) => sizeOf(one) - sizeOf(other));
  }

  /** Whether the text holds something for every place. */
  all(needs: Needs): boolean {
    for (const need of needs) if (!this.#any(need)) return false;
    return true;
  }

  #any(need: readonly Need[]): boolean {
    for (const { keys, shared } of need) {
      if (shared === undefined) {
        if (this.#holdsOne(keys)) return true;
        continue;
      }
      if (shared.looked !== this.#text) {
        shared.looked = this.#text;
        shared.held = this.#holdsOne(keys);
      }
      if (shared.held) return true;
    }
    return false;
  }

  #holdsOne(keys: readonly number[]): boolean {
    for (const key of keys) if (this.#held[key] === this.#text) return true;
    return false;
  }

  #needOf(of: Words): Need {
    const known = this.#classes.get(of);
    if (known) return known;
    const keys = [...of.exact, ...of.prefixes.map(stemOf)].map((key) => this.#numberOf(key));
    const need = { keys, shared: of.isClass ? { looked: 0, held: false } : undefined };
    if (of.isClass) this.#classes.set(of, need);
    return need;
  }

  /** A phrase is first looked at in the middle of a text, which may hold its words. */
  #numberOf(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#held.push(this.#words.has(key) ? this.#text : 0);
    this.#numbers.set(key, this.#held.length - 1);
    return this.#held.length - 1;
  }
}

let last: { tokens: readonly Token[]; found: ReadonlySet<string> } | undefined;

/** Several books look at one text after the other. */
function wordsAndStems(tokens: readonly Token[]): ReadonlySet<string> {
  if (last?.tokens === tokens) return last.found;
  const found = new Set<string>();
  for (const { word } of tokens) {
    if (!found.has(word)) found.add(word).add(stemOf(word));
  }
  last = { tokens, found };
  return found;
}

/** The beginning of a word, unlike any word. */
function stemOf(word: string): string {
  return `${word.slice(0, STEM)}*`;
}

/** Ends of words, and the shortest beginnings, are not looked up: a text may always hold one. */
function isCountable({ suffixes, prefixes }: Words): boolean {
  return suffixes.length === 0 && prefixes.every((prefix) => prefix.length >= STEM);
}

function sizeOf(needs: readonly Need[]): number {
  return needs.reduce((sum, { keys }) => sum + keys.length, 0);
}
