import type { Urgency } from '../../calls/model.ts';
import { type Odds, opinionOf } from './opinion.ts';
import {
  compareUrgency,
  completedBy,
  type Findings,
  keepWorst,
  type Recognition,
  recognizeByRules,
  type Sighting,
  worstFirst,
} from './rules.ts';
import { LEARNED } from './weights.ts';

export type { Recognition, SetAside, Sighting } from './rules.ts';
export { compareHazards, compareUrgency } from './rules.ts';

/**
 * Log odds, chosen on utterances that neither rules nor weights had seen. From CRITICAL on (likelier
 * than 29 %) somebody is taken to be in danger, since a missed one is far worse.
 */
const RAISE = { critical: -0.9, trouble: 0.8 };
/**
 * What the rules recognized is doubted only where CRITICAL is unlikelier than 18 %, and trouble of any
 * kind than 33 %: on those utterances that costs no CRITICAL one.
 */
const DOUBT = { critical: -1.5, trouble: -0.7 };
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
  const odds = opinionOf(LEARNED, findings);
  const judged = raise(findings.recognition, odds);
  if (completed.length > 0) return withSightings(judged, completed);
  return isDoubtful(findings, odds) && before.every(isCalm) ? doubt(judged) : judged;
}

function raise(recognition: Recognition, { critical, trouble }: Odds): Recognition {
  if (critical > RAISE.critical && recognition.urgency !== 'CRITICAL') {
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
  return { hazard: named?.hazard ?? 'accident', urgency: 'CRITICAL' };
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
