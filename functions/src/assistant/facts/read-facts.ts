import type { Facts } from '../../calls/model.ts';
import { bareAnswer } from './bare-answer.ts';
import { callbackIn } from './callback.ts';
import { countPeople } from './counts.ts';
import { wordsOf } from './said.ts';
import { likeliest, type Place, placesIn } from './where.ts';

export interface FactsContext {
  turn: number;
  /** ISO 8601 with the company's offset. */
  at: string;
  /** The id of the question that these words may answer, e.g. `where`, or a card's own. */
  question?: string | undefined;
  /** What the floor recognized in these words. */
  hazard?: string | undefined;
  /** BCP 47, e.g. `hi-IN`: numbers without a country code are taken for that country's. */
  language?: string | undefined;
}

/** Characters of a fact's value. */
const LONGEST_VALUE = 200;
/** How surely the floor's word is what is happening. */
const RECOGNIZED = 0.9;

/**
 * What words tell of an incident. Pure, and bounded for the longest text; never throws. A place is
 * told in the caller's own words, people as a number or `several`, a telephone number as E.164 or
 * its digits. Nothing is escaped: that is for where it leaves.
 */
export function readFacts(text: string, context: FactsContext): Facts {
  const { turn, at, question = '', hazard, language = '' } = context;
  const words = wordsOf(text);
  const found = placesIn(words);
  const taken = numbersOf(found);
  const place = likeliest(found);
  const asks = (kind: string) => new RegExp(`(^|[#-])${kind}($|-)`).test(question);
  const told = place && { value: text.slice(place.start, place.end), confidence: place.confidence };
  const where =
    asks('where') && (place?.confidence ?? 0) < 0.5 ? (bareAnswer(text, words) ?? told) : told;
  const asked = asks('injured') ? 'injured' : asks('trapped') ? 'trapped' : undefined;
  const country = /-([A-Z]{2})$/.exec(language)?.[1];
  const callback = callbackIn(text, words, {
    ...(country === undefined ? {} : { country }),
    asked: asks('callback'),
    taken,
  });
  const read = {
    ...(where ? { where } : {}),
    ...(hazard ? { hazard: { value: hazard, confidence: RECOGNIZED } } : {}),
    ...countPeople(words, taken, asked),
    ...(callback ? { callback } : {}),
  };
  return Object.fromEntries(
    Object.entries(read).flatMap(([kind, { value, confidence }]) => {
      const fitting = value.toWellFormed().trim().slice(0, LONGEST_VALUE).toWellFormed();
      return fitting
        ? [[kind, { value: fitting, confidence, turn, at, by: 'words' as const }]]
        : [];
    }),
  );
}

/** The words of places: their numbers count no people, and begin no telephone number. */
function numbersOf(found: readonly Place[]): ReadonlySet<number> {
  return new Set(
    found.flatMap(({ first, after }) =>
      Array.from({ length: after - first }, (_, index) => first + index),
    ),
  );
}
