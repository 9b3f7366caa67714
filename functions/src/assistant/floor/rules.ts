import type { Urgency } from '../../calls/model.ts';
import { createHearing } from './hearing.ts';
import { createJudge, type SetAside, wordsOf } from './judge.ts';
import { CLASSES, LEXICON } from './lexicon.ts';
import { createPhraseBook, type Match } from './phrases.ts';
import { createSigns, DANGER } from './signs.ts';
import { type Token, tokenize } from './words.ts';

export type { SetAside } from './judge.ts';

/** A hazard that the caller named. */
export interface Sighting {
  hazard: string;
  urgency: Urgency;
}

export interface Recognition {
  urgency: Urgency;
  /** What is happening, the worst first; each hazard once. */
  hazards: readonly Sighting[];
  /** What was named but is not happening by the caller's own words, the worst first. */
  aside: readonly (Sighting & { because: SetAside })[];
  /** A sentence that is nothing but a call for help: "help", "please help me", "bachao". */
  callForHelp: boolean;
}

/** What the rules found, for whoever judges how far to trust them. */
export interface Findings {
  recognition: Recognition;
  /** The words as they were meant. */
  words: readonly Token[];
  /** Weak signs of trouble. */
  points: number;
  /** Whether words were left out because they are only a saying. */
  sayings: boolean;
  /** What was found, by names: `%past` of the context, `#CRITICAL fire` a cue, `#aside fire past`. */
  signals: readonly string[];
}

const RANK: Record<Urgency, number> = { CRITICAL: 2, URGENT: 1, NORMAL: 0 };
const ORDER = new Map(LEXICON.order.map((hazard, index) => [hazard, index]));

/** How grave one urgency is against another; positive if the first is graver. */
export function compareUrgency(one: Urgency, other: Urgency): number {
  return RANK[one] - RANK[other];
}

/** Which of two hazards of one urgency goes first; negative if the first does. */
export function compareHazards(one: string, other: string): number {
  return (ORDER.get(one) ?? ORDER.size) - (ORDER.get(other) ?? ORDER.size);
}

const CALLS_FOR_HELP = wordsOf(LEXICON, 'call for help');
const AROUND_HELP = wordsOf(LEXICON, 'around a call for help');
const ALONE = LEXICON.hazards
  .filter(({ alone }) => alone !== '')
  .map(({ hazard, urgency, alone }) => ({
    hazard,
    urgency,
    words: new Set(alone.split(/[,\s]+/)),
  }));

const cues = createPhraseBook(
  LEXICON.hazards.map(({ hazard, urgency, phrases }) => ({
    phrases,
    value: { hazard, urgency },
  })),
  CLASSES,
);
const exceptions = createPhraseBook(
  LEXICON.hazards.map(({ hazard, urgency, except }) => ({
    phrases: except,
    value: { hazard, urgency },
  })),
  CLASSES,
);
const idioms = createPhraseBook(
  LEXICON.context
    .filter(({ meaning }) => meaning === 'idiom')
    .map(({ phrases }) => ({ phrases, value: true })),
  CLASSES,
);
const judge = createJudge(LEXICON);
const pointsOf = createSigns(LEXICON);
const hear = createHearing(
  cues.vocabulary,
  wordsOf(LEXICON, 'danger words'),
  wordsOf(LEXICON, 'real words'),
  LEXICON.misheard,
  CLASSES,
);

/** How many turns before this one may complete what is said now. */
export const TURNS_BEFORE = 3;

/**
 * Judges words by the lexicon alone. What is not plainly taken back counts as happening, because a
 * missed CRITICAL is far worse than a false one.
 */
export function recognizeByRules(text: string): Findings {
  const heard = hear(tokenize(text));
  const tokens = withoutSayings(heard);
  const sayings = tokens.some(({ word }, at) => word !== heard[at]?.word);
  const { because, meanings } = judge(tokens);
  const sentences = [...Map.groupBy(tokens, ({ sentence }) => sentence).values()];

  const hazards = new Map<string, Sighting>();
  for (const { hazard, urgency, words } of ALONE) {
    if (sentences.some((sentence) => isOnly(sentence, words)))
      keepWorst(hazards, { hazard, urgency });
  }
  const aside = new Map<string, Sighting & { because: SetAside }>();
  const found = findCues(tokens);
  for (const cue of found) {
    const reason = because(cue, cue.value.hazard);
    if (reason === undefined) keepWorst(hazards, cue.value);
    else keepWorst(aside, { ...cue.value, because: reason });
  }
  for (const hazard of hazards.keys()) aside.delete(hazard);
  const points = pointsOf(tokens, because);
  if (hazards.size + aside.size === 0 && points >= DANGER)
    keepWorst(hazards, { hazard: 'accident', urgency: 'CRITICAL' });

  const callForHelp =
    ![...aside.values()].some(({ because }) => because === 'negated') &&
    sentences.some((sentence) => isOnly(sentence, CALLS_FOR_HELP));
  const happening = worstFirst([...hazards.values()]);
  const setAside = worstFirst([...aside.values()]);
  let urgency: Urgency = callForHelp ? 'CRITICAL' : (happening[0]?.urgency ?? 'NORMAL');
  const afterEffects = setAside.some(
    ({ because, hazard }) =>
      because === 'resolved' || (because === 'recent' && LEXICON.body.has(hazard)),
  );
  if (afterEffects && compareUrgency(urgency, 'URGENT') < 0) urgency = 'URGENT';
  const recognition = { urgency, hazards: happening, aside: setAside, callForHelp };
  const signals = [
    ...contextOf([...meanings], sayings, points),
    ...new Set(found.map(({ value }) => `#${kindOf(value)}`)),
    ...setAside.map((one) => `#aside ${one.hazard} ${one.because}`),
  ];
  return { recognition, words: heard, points, sayings, signals };
}

/** Each by its name, and each two of them. */
function contextOf(meanings: readonly string[], sayings: boolean, points: number): string[] {
  const names = [...meanings, ...(sayings ? ['saying'] : []), ...(points > 0 ? ['sign'] : [])]
    .map((name) => `%${name}`)
    .sort();
  const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => `${one}+${other}`));
  return [...names, ...pairs];
}

/** The words as they were meant, without what is only a saying. */
function withoutSayings(heard: readonly Token[]): Token[] {
  const tokens = heard.map((token) => ({ ...token }));
  for (const { words } of idioms.find(heard)) {
    for (const at of words) (tokens[at] as Token).word = '';
  }
  return tokens;
}

/** An exception takes away a cue of its kind when it spans a word that the cue names. */
function findCues(tokens: readonly Token[]): Match<Sighting>[] {
  const excluded = new Map<string, Set<number>>();
  for (const { value, start, end } of exceptions.find(tokens)) {
    const places = excluded.get(kindOf(value)) ?? new Set();
    excluded.set(kindOf(value), places);
    for (let at = start; at < end; at++) places.add(at);
  }
  return cues.find(tokens).filter(({ value, words }) => {
    const places = excluded.get(kindOf(value));
    return !places || !words.some((at) => places.has(at));
  });
}

/** Hazards that only the last words of the turns before together with the first of this one name. */
export function completedBy(before: readonly string[], words: readonly Token[]): Sighting[] {
  if (before.length === 0) return [];
  const now = withoutSayings(words);
  const earlier = before
    .slice(-TURNS_BEFORE)
    .flatMap((text) => withoutSayings(hear(tokenize(text))).slice(-LOOK_BACK));
  if (earlier.length === 0 || now.length === 0) return [];
  const joined = [...earlier, ...now.slice(0, LOOK_BACK)].map((token, index) => ({
    ...token,
    sentence: 0,
    clause: index < earlier.length ? 0 : 1,
  }));
  const { because: real } = judge(joined);
  return findCues(joined)
    .filter(({ start, end }) => start < earlier.length && end > earlier.length)
    .filter((cue) => real(cue, cue.value.hazard) === undefined)
    .map(({ value }) => value);
}

/** Words at the end of a turn, and at the start of the next, that may belong together. */
const LOOK_BACK = 16;

/** Nothing is said but these words, and what people say around them. */
function isOnly(tokens: readonly Token[], words: ReadonlySet<string>): boolean {
  return (
    tokens.some(({ word }) => words.has(word)) &&
    tokens.every(({ word }) => words.has(word) || AROUND_HELP.has(word))
  );
}

function kindOf({ hazard, urgency }: Sighting): string {
  return `${urgency} ${hazard}`;
}

export function keepWorst<T extends Sighting>(known: Map<string, T>, sighting: T): void {
  const before = known.get(sighting.hazard);
  if (!before || compareUrgency(sighting.urgency, before.urgency) > 0) {
    known.set(sighting.hazard, sighting);
  }
}

export function worstFirst<T extends Sighting>(sightings: T[]): T[] {
  return sightings.sort(
    (one, other) =>
      compareUrgency(other.urgency, one.urgency) || compareHazards(one.hazard, other.hazard),
  );
}
