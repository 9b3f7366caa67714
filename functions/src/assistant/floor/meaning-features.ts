import type { Meant } from './meanings.ts';
import { isHindi, soundOf } from './sounds.ts';
import type { Token } from './words.ts';

/** How many words after a denial, and in Hindi before it, it may speak of. */
const DENIED = 5;
const DENIED_BEFORE = 3;
/** How many meanings, and how many words, one may stand behind another. */
const NEXT = { meanings: 6, words: 4 };

/**
 * What a text means, word by word: `{fire}`, `{fire}+{not}` both anywhere, `{fire}>{over}` in this
 * order and near, `no>{fire}` and `{fire}<no` beside a denial, `the_{fire}` and `{fire}_in` with the
 * word before or after, `^{fire}` and `{fire}$` at the beginning and the end.
 */
export function addMeanings(
  features: Set<string>,
  tokens: readonly Token[],
  meant: readonly Meant[],
  negators: ReadonlySet<string>,
): void {
  addPairs(features, meant);
  for (const [at, one] of meant.entries()) {
    const { sentence } = tokens[one.start] as Token;
    const [before, after] = [tokens[one.start - 1], tokens[one.end]];
    if (before?.sentence === sentence) features.add(`${before.word}_{${one.name}}`);
    if (after?.sentence === sentence) features.add(`{${one.name}}_${after.word}`);
    for (const other of meant.slice(at + 1, at + 1 + NEXT.meanings)) {
      if (other.start < one.end || other.start - one.end > NEXT.words) continue;
      features.add(`{${one.name}}>{${other.name}}`);
    }
  }
  addDenied(features, tokens, meant, negators);
  const [first, last] = [meant[0], meant.at(-1)];
  if (first) features.add(`^{${first.name}}`);
  if (last) features.add(`{${last.name}}$`);
}

/** Words of Hindi by their sound: `=ag`, `=ag_lgi`, `=ag..he`. */
export function addSounds(features: Set<string>, tokens: readonly Token[]): void {
  const words = tokens.map(({ word }) => word);
  if (!isHindi(words)) return;
  const sounds = words.map(soundOf);
  for (const [at, sound] of sounds.entries()) {
    const { sentence } = tokens[at] as Token;
    features.add(`=${sound}`);
    if (tokens[at + 1]?.sentence === sentence) features.add(`=${sound}_${sounds[at + 1]}`);
    if (tokens[at + 2]?.sentence === sentence) features.add(`=${sound}..${sounds[at + 2]}`);
  }
}

function addPairs(features: Set<string>, meant: readonly Meant[]): void {
  const names = [...new Set(meant.map(({ name }) => name))].sort();
  for (const [at, name] of names.entries()) {
    features.add(`{${name}}`);
    for (const other of names.slice(at + 1)) features.add(`{${name}}+{${other}}`);
  }
}

function addDenied(
  features: Set<string>,
  tokens: readonly Token[],
  meant: readonly Meant[],
  negators: ReadonlySet<string>,
): void {
  const at = Map.groupBy(meant, ({ start }) => start);
  for (const [place, { word, clause }] of tokens.entries()) {
    if (!negators.has(word)) continue;
    for (let near = place - DENIED_BEFORE; near <= place + DENIED; near++) {
      if (near === place || tokens[near]?.clause !== clause) continue;
      for (const { name } of at.get(near) ?? []) {
        features.add(near > place ? `no>{${name}}` : `{${name}}<no`);
      }
    }
  }
}
