import type { Urgency } from '../../calls/model.ts';
import * as context from './lexicon.context.ts';
import { CLASSES, HAZARDS, NOT_MISSPELT } from './lexicon.ts';
import { createPhraseBook, type Match } from './phrases.ts';
import { createSpelling } from './spelling.ts';
import { type Token, tokenize } from './words.ts';

/** Why a danger word does not count as happening now. */
export type SetAside = 'negated' | 'about' | 'drill' | 'past' | 'recent' | 'resolved';

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

const RANK: Record<Urgency, number> = { CRITICAL: 2, URGENT: 1, NORMAL: 0 };
const ORDER = new Map(HAZARDS.map(({ hazard }, index) => [hazard, index]));

/** How grave one urgency is against another; positive if the first is graver. */
export function compareUrgency(one: Urgency, other: Urgency): number {
  return RANK[one] - RANK[other];
}

/** Which of two hazards of one urgency goes first; negative if the first does. */
export function compareHazards(one: string, other: string): number {
  return (ORDER.get(one) ?? HAZARDS.length) - (ORDER.get(other) ?? HAZARDS.length);
}

const CALLS_FOR_HELP = new Set(
  'help helpme hilfe emergency madad bachao bachaao ayuda auxilio socorro मदद बचाओ danger'.split(
    ' ',
  ),
);
const AROUND_HELP = new Set(
  `me us please pls i we need want some hello hey oh my god somebody someone anybody anyone quick quickly fast now
  karo kijiye karna chahiye koi meri hamari mujhe hai por favor necesito aqui is an a it this there in immediately
  करो मेरी sir madam ji plz the are am ok okay yes good morning listen`.split(/\s+/),
);

const ALONE = HAZARDS.flatMap(({ hazard, alone }) =>
  alone ? [{ hazard, words: new Set(alone.split(' ')) }] : [],
);

const cues = createPhraseBook(
  HAZARDS.flatMap(({ hazard, critical, urgent }) => [
    ...(critical ? [{ phrases: critical, value: { hazard, urgency: 'CRITICAL' as Urgency } }] : []),
    ...(urgent ? [{ phrases: urgent, value: { hazard, urgency: 'URGENT' as Urgency } }] : []),
  ]),
  CLASSES,
);
const exceptions = createPhraseBook(
  HAZARDS.flatMap(({ hazard, except }) => (except ? [{ phrases: except, value: hazard }] : [])),
  CLASSES,
);
const idioms = createPhraseBook([{ phrases: context.IDIOMS, value: true }], CLASSES);
const MARKERS = [
  { phrases: context.PAST, value: 'past' },
  { phrases: context.RECENT, value: 'recent' },
  { phrases: context.PAST_VERBS, value: 'past verb' },
  { phrases: context.PRESENT, value: 'present' },
  { phrases: context.RESOLVED, value: 'resolved' },
  { phrases: context.FIRE_RESOLVED, value: 'fire resolved' },
  { phrases: context.NOT_RESOLVED, value: 'not resolved' },
  { phrases: context.DRILL, value: 'drill' },
  { phrases: context.NOT_DRILL, value: 'not drill' },
  { phrases: context.ABOUT, value: 'about' },
  { phrases: context.DEFINITE, value: 'definite' },
] as const;
type Marker = (typeof MARKERS)[number]['value'];

const markers = createPhraseBook<Marker>(MARKERS, CLASSES);
const spell = createSpelling(cues.vocabulary, NOT_MISSPELT);

/**
 * Judges words by the lexicon alone: the same words get the same judgement, in well under a
 * millisecond. What is not plainly taken back counts as happening, because a missed CRITICAL is
 * far worse than a false one.
 */
export function recognize(text: string): Recognition {
  const tokens = tokenize(text).map((token) => ({ ...token, word: spell(token.word) }));
  for (const { start, end } of idioms.find(tokens)) {
    for (let at = start; at < end; at++) (tokens[at] as Token).word = '';
  }
  const excluded = exceptions.find(tokens);
  const found = cues
    .find(tokens)
    .filter(
      (cue) => !excluded.some((span) => span.value === cue.value.hazard && overlap(span, cue)),
    );
  const because = createJudge(tokens);
  const sentences = [...Map.groupBy(tokens, ({ sentence }) => sentence).values()];
  const alone = ALONE.filter(({ words }) => sentences.some((sentence) => isOnly(sentence, words)));

  const hazards = new Map<string, Sighting>(
    alone.map(({ hazard }) => [hazard, { hazard, urgency: 'CRITICAL' }]),
  );
  const aside = new Map<string, Sighting & { because: SetAside }>();
  for (const cue of found) {
    const reason = because(cue);
    if (reason === undefined) keepWorst(hazards, cue.value);
    else keepWorst(aside, { ...cue.value, because: reason });
  }
  for (const hazard of hazards.keys()) aside.delete(hazard);

  const callForHelp =
    ![...aside.values()].some(({ because }) => because === 'negated') &&
    sentences.some((sentence) => isOnly(sentence, CALLS_FOR_HELP));
  const happening = worstFirst([...hazards.values()]);
  const setAside = worstFirst([...aside.values()]);
  let urgency: Urgency = callForHelp ? 'CRITICAL' : (happening[0]?.urgency ?? 'NORMAL');
  const afterEffects = setAside.some(
    (sighting) =>
      sighting.because === 'resolved' || (sighting.because === 'recent' && ofBody(sighting.hazard)),
  );
  if (afterEffects && compareUrgency(urgency, 'URGENT') < 0) urgency = 'URGENT';
  return { urgency, hazards: happening, aside: setAside, callForHelp };
}

/** Nothing is said but these words, and what people say around them. */
function isOnly(tokens: readonly Token[], words: ReadonlySet<string>): boolean {
  return (
    tokens.some(({ word }) => words.has(word)) &&
    tokens.every(({ word }) => words.has(word) || AROUND_HELP.has(word))
  );
}

const BODY = new Set(
  HAZARDS.slice(
    HAZARDS.findIndex(({ hazard }) => hazard === 'cardiac-arrest'),
    HAZARDS.findIndex(({ hazard }) => hazard === 'illness') + 1,
  ).map(({ hazard }) => hazard),
);
function ofBody(hazard: string): boolean {
  return BODY.has(hazard);
}

/** Drills are about these; a body that is hurt during a drill is hurt. */
function drilled(hazard: string): boolean {
  return !ofBody(hazard) && hazard !== 'entrapment' && hazard !== 'chemical-splash';
}

function createJudge(tokens: readonly Token[]): (cue: Match<Sighting>) => SetAside | undefined {
  const clauses = new Map<Marker, Set<number>>();
  const sentences = new Map<Marker, Set<number>>();
  for (const { value, start, end } of markers.find(tokens)) {
    const [first, last] = [tokens[start] as Token, tokens[end - 1] as Token];
    addTo(clauses, value, first.clause);
    addTo(clauses, value, last.clause);
    addTo(sentences, value, first.sentence);
  }
  const inClause = (kind: Marker, clause: number) => clauses.get(kind)?.has(clause) ?? false;
  const inSentence = (kind: Marker, sentence: number) =>
    sentences.get(kind)?.has(sentence) ?? false;
  return (cue) => {
    const { clause, sentence } = tokens[cue.start] as Token;
    if (negated(tokens, cue)) return 'negated';
    if (drilled(cue.value.hazard) && sentences.has('drill') && !sentences.has('not drill'))
      return 'drill';
    const over =
      inClause('resolved', clause) ||
      (cue.value.hazard === 'fire' && inClause('fire resolved', clause));
    if (over && !inClause('not resolved', clause)) return 'resolved';
    for (const time of ['past', 'recent'] as const) {
      const reaches =
        inClause(time, clause) || (inSentence(time, sentence) && inClause('past verb', clause));
      if (reaches && !inClause('present', clause)) return time;
    }
    if (inSentence('about', sentence) && !inSentence('definite', sentence)) return 'about';
    return undefined;
  };
}

function negated(tokens: readonly Token[], cue: Match<Sighting>): boolean {
  const words = tokens.slice(cue.start, cue.end).map(({ word }) => word);
  if (words.some((word) => context.NEGATORS.has(word))) return false;
  const { clause } = tokens[cue.start] as Token;
  const after = tokens[cue.end]?.word ?? '';
  const next = tokens[cue.end + 1]?.word;
  if (context.NEGATORS_AFTER.has(after) && (!next || context.AFTER_NEGATOR.has(next))) return true;

  for (let at = cue.start - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (token.clause !== clause) return false;
    if (context.NEGATORS.has(token.word)) {
      const between = tokens.slice(at + 1, cue.start).map(({ word }) => word);
      if (token.word !== 'no' || between[0] === 'one' || between[0] === 'person') return true;
      return between.every((word) => context.NO_FILLERS.has(word));
    }
    if (!context.NEGATION_FILLERS.has(token.word)) return false;
  }
  return false;
}

function addTo(known: Map<Marker, Set<number>>, marker: Marker, value: number): void {
  const values = known.get(marker);
  if (values) values.add(value);
  else known.set(marker, new Set([value]));
}

function overlap(one: Match<unknown>, other: Match<unknown>): boolean {
  return one.start < other.end && other.start < one.end;
}

function keepWorst<T extends Sighting>(known: Map<string, T>, sighting: T): void {
  const before = known.get(sighting.hazard);
  if (!before || compareUrgency(sighting.urgency, before.urgency) > 0) {
    known.set(sighting.hazard, sighting);
  }
}

function worstFirst<T extends Sighting>(sightings: T[]): T[] {
  return sightings.sort(
    (one, other) =>
      compareUrgency(other.urgency, one.urgency) || compareHazards(one.hazard, other.hazard),
  );
}
