import { numberAt, ORDINALS } from './numbers.ts';
import { PEOPLE } from './people.ts';
import {
  isAskedFor,
  isDenied,
  isHypothetical,
  postpositionAfter,
  prepositionBefore,
} from './place-context.ts';
import * as places from './places.ts';
import { setOf, type Word } from './said.ts';

/** A place that was named, as a span of the text, with how surely it is where the caller means. */
export interface Place {
  start: number;
  end: number;
  confidence: number;
  /** Indexes of the words, from the first of its name up to after its number. */
  first: number;
  after: number;
}

/** The numbers of places, in order of how much they tell of where somebody is. */
const SURE = { numbered: 0.9, named: 0.8, plant: 0.6, bareNumber: 0.75, bareName: 0.55 };
const GUESS = 0.4;

/** Never part of a place's name. */
const NOT_A_NAME =
  setOf(`i we you he she it they there here who what which when how is are am was were be been has have
  had do does did can could will would should may might must not no yes and or but so if because then than as get got
  go going went come came coming help please need want know think see saw hear feel fell fall stuck trapped hurt
  injured fire smoke gas leak leaking explosion man men woman people person worker workers someone somebody
  hai hain tha the hum mujhe koi log aag y o que hay esta estoy estan se me of`);

/** Places that the words name, in their order; parts of one place are one: "paint shop, hall 3". */
export function placesIn(words: readonly Word[]): Place[] {
  const found: Place[] = [];
  for (let at = 0; at < words.length; at++) {
    const place = placeAt(words, at, found.at(-1)?.after ?? 0);
    if (!place) continue;
    found.push(place);
    at = place.after - 1;
  }
  return joined(words, found);
}

/** The place that is most surely meant; of equals the one named last, as a correction is. */
export function likeliest(found: readonly Place[]): Place | undefined {
  return found.reduce<Place | undefined>(
    (best, place) => (best && best.confidence > place.confidence ? best : place),
    undefined,
  );
}

function isPlace(word: string): boolean {
  return places.NAMED.has(word) || places.PLANT.has(word) || places.NUMBERED.has(word);
}

function placeAt(words: readonly Word[], at: number, from: number): Place | undefined {
  const word = words[at]?.word ?? '';
  if (!isPlace(word)) return undefined;
  let last = at;
  while (isNextPart(words, last)) last++;
  const noun = words[last]?.word ?? '';
  const numbered = numberAfter(words, last, isDetermined(words, at));
  const name = nameBefore(words, at, from);
  const afterName = spanishName(words, last);
  const isNamed = last > at || name.known || afterName > 0;
  const after = (numbered ?? last + 1) + (numbered === undefined ? afterName : 0);
  const before = prepositionBefore(words, name.first);
  const behind = postpositionAfter(words, after);
  if (
    before.kind === 'not' ||
    isDenied(words, after, behind) ||
    isAskedFor(words, name.first, after)
  )
    return undefined;
  const hasRelation = before.kind === 'plain' || before.kind === 'relation' || behind.is;
  const confidence = sureness(noun, {
    number: numbered !== undefined || name.ordinal,
    name: isNamed || (hasRelation && name.unknown),
    relation: hasRelation,
  });
  if (confidence === undefined) return undefined;
  const isAside =
    before.kind === 'way' || isHypothetical(words, at) || /^nah/.test(words[after]?.word ?? '');
  const first = hasRelation || name.known || name.ordinal ? name.first : at;
  const start = words[before.kind === 'relation' ? before.first : first]?.start ?? 0;
  const end = words[(behind.keep ? behind.after : after) - 1]?.end ?? start;
  return {
    start,
    end,
    confidence: isAside ? Math.min(confidence, GUESS) : confidence,
    first,
    after,
  };
}

/** "boiler room", "machine shop": the next word is a place too, and nothing stands between. */
function isNextPart(words: readonly Word[], at: number): boolean {
  const [here, next] = [words[at], words[at + 1]];
  return Boolean(here && next && next.clause === here.clause && isPlace(next.word));
}

function sureness(
  noun: string,
  told: { number: boolean; name: boolean; relation: boolean },
): number | undefined {
  if (places.VERBS.has(noun) && !told.relation && !told.name) return undefined;
  if (told.number) return told.relation ? SURE.numbered : SURE.bareNumber;
  if (told.name) return told.relation ? SURE.named : SURE.bareName;
  if (places.NEVER_ALONE.has(noun)) return undefined;
  if (places.NAMED.has(noun)) return told.relation ? SURE.named : GUESS;
  if (places.PLANT.has(noun)) return told.relation ? SURE.plant : GUESS;
  return told.relation ? GUESS : undefined;
}

/** The index after the number or letter of a place: "hall number 3", "zone B", "gate number do". */
function numberAfter(words: readonly Word[], at: number, determined: boolean): number | undefined {
  const sign = places.NUMBER_SIGNS.has(words[at + 1]?.word ?? '') ? 1 : 0;
  const index = at + 1 + sign;
  const [here, next, following] = [words[at], words[index], words[index + 1]];
  if (!here || !next || next.sentence !== here.sentence) return undefined;
  if (next.clause !== here.clause) return undefined;
  if (/^\d{1,4}[a-z]?$|^[a-z]\d{1,3}$/.test(next.word) || places.LETTERS.has(next.word)) {
    return isPeople(following) && determined ? undefined : index + 1;
  }
  if (next.word === 'a' || next.word === 'one') {
    return !following || following.clause !== next.clause || !isPeople(following)
      ? next.word === 'one' || !following
        ? index + 1
        : undefined
      : undefined;
  }
  if (next.word === 'do') {
    const isHindi = sign === 1 || postpositionAfter(words, index + 1).is;
    return isHindi || !following ? index + 1 : undefined;
  }
  if (numberAt(words, index) === undefined) return undefined;
  return determined && isPeople(following) ? undefined : index + 1;
}

function isPeople(word: Word | undefined): boolean {
  return word !== undefined && PEOPLE.has(word.word);
}

function isDetermined(words: readonly Word[], at: number): boolean {
  return (
    places.ARTICLES.has(words[at - 1]?.word ?? '') || places.NAMES.has(words[at - 1]?.word ?? '')
  );
}

/** What stands before a place and belongs to it; at most three words, none of another place. */
function nameBefore(words: readonly Word[], at: number, from: number) {
  let first = at;
  let known = false;
  let ordinal = false;
  while (first > from && at - first < 3) {
    const word = words[first - 1];
    if (!word || word.clause !== words[at]?.clause) break;
    if (ORDINALS.has(word.word)) ordinal = true;
    else if (places.NAMES.has(word.word)) known = true;
    else break;
    first--;
  }
  if (known || ordinal) return { first, known, ordinal, unknown: false };
  const unknown = unknownName(words, at, from);
  return { first: unknown, known, ordinal, unknown: unknown < at };
}

/** "in the anodizing shop": up to two words that mean nothing else, after "in (the)" or "near (the)". */
function unknownName(words: readonly Word[], at: number, from: number): number {
  for (let first = at - 1; first >= Math.max(from, at - 2); first--) {
    const { word = '' } = words[first] ?? {};
    const isName = !NOT_A_NAME.has(word) && !isNoName(word) && /^\p{L}{2}/u.test(word);
    if (!isName || prepositionBefore(words, at).first === first) return at;
    const { kind } = prepositionBefore(words, first);
    if (kind === 'plain' || kind === 'relation') return first;
  }
  return at;
}

function isNoName(word: string): boolean {
  return places.NO_NAMES.has(word) || places.ARTICLES.has(word);
}

/** Words of a Spanish name after its place: "sala de calderas", "almacén de la planta". */
function spanishName(words: readonly Word[], at: number): number {
  const isOf = /^del?$/.test(words[at + 1]?.word ?? '');
  if (!isOf) return 0;
  const article = /^(la|el|los|las)$/.test(words[at + 2]?.word ?? '') ? 1 : 0;
  const { word = '' } = words[at + 2 + article] ?? {};
  const isName = /^\p{L}{3}/u.test(word) && !NOT_A_NAME.has(word) && !PEOPLE.has(word);
  return isName ? 2 + article : 0;
}

function isRepeated(words: readonly Word[], one: Place, other: Place): boolean {
  const name = ({ first, after }: Place) =>
    words
      .slice(first, after)
      .map(({ word }) => word)
      .join(' ');
  return name(one) === name(other);
}

/** "the paint shop, second floor of building 4" is one place. */
function joined(words: readonly Word[], found: readonly Place[]): Place[] {
  const whole: Place[] = [];
  for (const place of found) {
    const before = whole.at(-1);
    const between = before ? words.slice(before.after, place.first) : [];
    const isPart =
      before !== undefined &&
      words[before.first]?.sentence === words[place.first]?.sentence &&
      before.confidence > GUESS === place.confidence > GUESS &&
      between.every(({ word }) => places.BETWEEN_PARTS.has(word));
    if (!isPart || isRepeated(words, before, place)) whole.push(place);
    else {
      whole[whole.length - 1] = {
        ...before,
        end: Math.max(before.end, place.end),
        after: place.after,
        confidence: Math.max(before.confidence, place.confidence),
      };
    }
  }
  return whole;
}
