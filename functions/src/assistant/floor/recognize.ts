import type { Urgency } from '../../calls/model.ts';
import { tellsOfAwake } from './awake.ts';
import { cardValues, GENERIC, likeliestCard, loadCards } from './cards.ts';
import { featuresOf, type Odds, opinionOf } from './opinion.ts';
import {
  compareUrgency,
  completedBy,
  type Findings,
  keepWorst,
  type Recognition,
  recognizeByRules,
  type Sighting,
  TURNS_BEFORE,
  worstFirst,
} from './rules.ts';
import { LEARNED } from './weights.ts';

export type { Recognition, SetAside, Sighting } from './rules.ts';
export { compareHazards, compareUrgency } from './rules.ts';

/**
 * Log odds, chosen by cross-validation: on sets whose rows the weights had not seen. From CRITICAL on
 * (likelier than 26 %) somebody is taken to be in danger, since a missed one is far worse; but not
 * where trouble of any kind is unlikelier than 29 %, as the two contradict each other there.
 */
const RAISE = { critical: -1.05, criticalTrouble: -0.9, trouble: 0.4 };
/**
 * What the rules recognized is doubted only where CRITICAL is unlikelier than 18 %, and trouble of any
 * kind than 38 %: on those utterances that costs hardly a CRITICAL one.
 */
const DOUBT = { critical: -1.5, trouble: -0.5 };
/**
 * A card that no rule has named is chosen only where it is likelier than all others together: then
 * 90 % are right on sets that nothing was learned from. A wrong card is worse than the generic one.
 */
const SURE_OF_CARD = 0.5;
const UNCONSCIOUS = 'unconscious';
/** Whoever is awake must not be shaken, nor their chest be pushed on. */
const OF_NOBODY_AWAKE = new Set([UNCONSCIOUS, 'cardiac-arrest']);
const CARDS = loadCards();
/** So few words say too little to doubt them. */
const FEWEST_DOUBTED = 5;

/**
 * Judges words by the lexicon's rules, and by a second opinion that was learned from labelled
 * utterances. The same words get the same judgement.
 *
 * @param before the caller's earlier utterances, the oldest first; the last ones may complete a
 *   hazard that this utterance alone does not name, and never take one back
 */
export function recognize(text: string, before: readonly string[] = []): Recognition {
  const findings = recognizeByRules(text);
  const completed = completedBy(before, findings.words);
  const features = featuresOf(findings);
  const odds = opinionOf(LEARNED, findings, features);
  const judged = withSightings(raise(findings.recognition, odds), completed);
  const doubted =
    completed.length === 0 && isDoubtful(findings, odds) && before.every(isCalm)
      ? doubt(judged)
      : judged;
  const said = [...before.slice(-TURNS_BEFORE), text];
  return withoutAwake(withCard(doubted, features, said), said);
}

/** Of danger that no rule has a card for, the card that was learned, where that is sure. */
function withCard(
  recognition: Recognition,
  features: ReadonlySet<string>,
  said: readonly string[],
): Recognition {
  const { urgency, hazards, aside, callForHelp } = recognition;
  const named = hazards[0] ?? aside[0];
  if (urgency === 'NORMAL' || (named && named.hazard !== GENERIC)) return recognition;
  if (callForHelp && !named) return recognition;
  const { hazard, probability } = likeliestCard(CARDS, cardValues(features, urgency));
  if (probability < SURE_OF_CARD || hazard === GENERIC) return recognition;
  if (OF_NOBODY_AWAKE.has(hazard) && tellsOfAwake(said)) return recognition;
  return withSightings(recognition, [{ hazard, urgency }]);
}

/** Whoever is awake does not get the card of the unconscious, but that of what else there is. */
function withoutAwake(recognition: Recognition, said: readonly string[]): Recognition {
  const { hazards } = recognition;
  const unconscious = hazards.find(({ hazard }) => hazard === UNCONSCIOUS);
  if (!unconscious || !tellsOfAwake(said)) return recognition;
  const others = hazards.filter((sighting) => sighting !== unconscious);
  const enough = others.some(({ urgency }) => compareUrgency(urgency, unconscious.urgency) >= 0);
  const happened: Sighting = { hazard: GENERIC, urgency: unconscious.urgency };
  return withSightings({ ...recognition, hazards: others }, enough ? [] : [happened]);
}

function raise(recognition: Recognition, { critical, trouble }: Odds): Recognition {
  const inDanger = critical > RAISE.critical && trouble > RAISE.criticalTrouble;
  if (inDanger && recognition.urgency !== 'CRITICAL') {
    return withSightings(recognition, [likeliest(recognition)]);
  }
  const urgency = trouble > RAISE.trouble ? 'URGENT' : 'NORMAL';
  return compareUrgency(urgency, recognition.urgency) > 0
    ? { ...recognition, urgency }
    : recognition;
}

/** What was named and taken back after all, or an accident of unknown kind. */
function likeliest({ aside }: Recognition): Sighting {
  const named = aside.find(({ urgency }) => urgency === 'CRITICAL');
  return { hazard: named?.hazard ?? GENERIC, urgency: 'CRITICAL' };
}

function isDoubtful({ recognition, words }: Findings, { critical, trouble }: Odds): boolean {
  return (
    recognition.hazards.length > 0 &&
    !recognition.callForHelp &&
    words.length >= FEWEST_DOUBTED &&
    critical < DOUBT.critical &&
    trouble < DOUBT.trouble
  );
}

/** The hazards are taken for something that is only talked about: the caller is asked back. */
function doubt({ hazards, aside, callForHelp }: Recognition): Recognition {
  const doubted = hazards.map((sighting) => ({ ...sighting, because: 'about' as const }));
  return { urgency: 'NORMAL', hazards: [], aside: worstFirst([...doubted, ...aside]), callForHelp };
}

/** Where danger was spoken of before, nothing is doubted. */
function isCalm(text: string): boolean {
  return recognizeByRules(text).recognition.urgency === 'NORMAL';
}

function withSightings(recognition: Recognition, more: readonly Sighting[]): Recognition {
  const known = new Map(recognition.hazards.map((sighting) => [sighting.hazard, sighting]));
  for (const sighting of more) keepWorst(known, sighting);
  const hazards = worstFirst([...known.values()]);
  const urgencies: Urgency[] = [recognition.urgency, ...more.map(({ urgency }) => urgency)];
  return {
    ...recognition,
    urgency: urgencies.sort(compareUrgency).at(-1) as Urgency,
    hazards,
    aside: recognition.aside.filter(({ hazard }) => !known.has(hazard)),
  };
}
