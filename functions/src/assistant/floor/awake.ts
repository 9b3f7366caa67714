import { LEXICON, type Lexicon, type Meaning } from './lexicon.ts';
import { createPhraseBook, type Match } from './phrases.ts';
import { type Token, tokenize } from './words.ts';

const SIDES: readonly Meaning[] = ['awake', 'not awake'];

/**
 * Says whether the words tell of a person who is awake, as far as they say last: whoever talks,
 * complains or tries to get up must not be shaken, and nobody must push on their chest.
 */
export function createAwake(lexicon: Lexicon): (tokens: readonly Token[]) => boolean {
  const book = createPhraseBook<Meaning>(
    lexicon.context
      .filter(({ meaning }) => SIDES.includes(meaning))
      .map(({ phrases, meaning }) => ({ phrases, value: meaning })),
    lexicon.classes,
  );
  return (tokens) => {
    let last: Match<Meaning> | undefined;
    for (const said of book.find(tokens)) {
      // Of two that end together the longer one says more: "not awake", "never lost consciousness".
      const later =
        !last || said.end > last.end || (said.end === last.end && said.start < last.start);
      if (later) last = said;
    }
    return last?.value === 'awake';
  };
}

const isAwake = createAwake(LEXICON);
/** Characters: what is said last decides. */
const LOOKED_AT = 1000;

export function tellsOfAwake(texts: readonly string[]): boolean {
  return isAwake(tokenize(texts.join('. ').slice(-LOOKED_AT)));
}
