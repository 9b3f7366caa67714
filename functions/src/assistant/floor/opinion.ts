import { createFeatures, isPiece } from './features.ts';
import { wordsOf } from './judge.ts';
import { CLASSES, LEXICON } from './lexicon.ts';
import { addMeanings, addSounds } from './meaning-features.ts';
import { loadMeanings } from './meanings.ts';
import type { Findings } from './rules.ts';

/** Log odds: above 0 it is likelier than not. */
export interface Odds {
  critical: number;
  /** CRITICAL or URGENT. */
  trouble: number;
}

/** Two weights, of CRITICAL and of trouble, by the name of what they belong to. */
export type Weights = ReadonlyMap<string, readonly [critical: number, trouble: number]>;

/** What training has learned; functions/lexicon/README.md tells how to read and to remake it. */
export interface Learned {
  /** Of what the words hold, in hundredths. */
  words: Weights;
  /** Of the words' odds and of what the rules found, in hundredths: how far each is to be trusted. */
  trust: Weights;
}

export const BIAS = '(all)';
/** How strongly all that a text holds speaks together, whatever its length. */
const VOICE = 5;
const PIECE = 0.5;
/** Log odds beyond which the words alone can't be surer. */
const SUREST = 6;

/** Words, of a text that is longer. */
const LOOKED_AT = { first: 60, last: 40 };

const NEGATORS = new Set([...wordsOf(LEXICON, 'negator'), ...wordsOf(LEXICON, 'negator behind')]);
const wordFeatures = createFeatures(CLASSES, NEGATORS);
const meant = loadMeanings();

/** What is long is judged by its beginning and its end; the rules look at all of it. */
export function featuresOf({ words, signals }: Pick<Findings, 'words' | 'signals'>): Set<string> {
  const looked = ends(words);
  const features = wordFeatures(looked);
  addMeanings(features, looked, meant(looked), NEGATORS);
  addSounds(features, looked);
  for (const signal of signals) features.add(signal);
  return features;
}

/** The features with the value of each: all values together have the same size for every text. */
export function valuesOf(features: ReadonlySet<string>): Map<string, number> {
  let squares = 0;
  for (const feature of features) squares += isPiece(feature) ? PIECE * PIECE : 1;
  const scale = VOICE / Math.sqrt(Math.max(1, squares));
  const values = new Map<string, number>();
  for (const feature of features) values.set(feature, isPiece(feature) ? PIECE * scale : scale);
  return values;
}

/** What the words' odds and the rules' findings say, by names. */
export function evidenceOf(
  { recognition, words, points, sayings }: Findings,
  odds: Odds,
): Map<string, number> {
  const { urgency, hazards, aside, callForHelp } = recognition;
  const critical = bounded(odds.critical);
  const evidence = new Map<string, number>([
    ['words critical', critical],
    ['words trouble', bounded(odds.trouble)],
    [`words critical, rules ${urgency}`, critical],
    [`rules ${urgency}`, 1],
    ['hazards', Math.min(3, hazards.length)],
    ['signs', Math.min(5, points)],
    ['length', Math.log2(1 + words.length) / 3],
  ]);
  if (sayings) evidence.set('a saying', 1);
  if (callForHelp) evidence.set('a call for help', 1);
  if (hazards[0]?.hazard === 'accident') evidence.set('rules accident', 1);
  for (const { because } of aside) evidence.set(`aside ${because}`, 1);
  return evidence;
}

export function oddsOf(weights: Weights, values: ReadonlyMap<string, number>): Odds {
  const [criticalBias, troubleBias] = weights.get(BIAS) ?? [0, 0];
  let [critical, trouble] = [criticalBias, troubleBias];
  for (const [name, value] of values) {
    const both = weights.get(name);
    if (!both) continue;
    critical += both[0] * value;
    trouble += both[1] * value;
  }
  return { critical: critical / 100, trouble: trouble / 100 };
}

/** How likely the words tell of danger, by what was learned from labelled utterances. */
export function opinionOf(
  learned: Learned,
  findings: Findings,
  features: ReadonlySet<string> = featuresOf(findings),
): Odds {
  const byWords = oddsOf(learned.words, valuesOf(features));
  return oddsOf(learned.trust, evidenceOf(findings, byWords));
}

function ends<T>(words: readonly T[]): readonly T[] {
  const { first, last } = LOOKED_AT;
  return words.length <= first + last ? words : [...words.slice(0, first), ...words.slice(-last)];
}

function bounded(odds: number): number {
  return Math.max(-SUREST, Math.min(SUREST, odds));
}
