import {
  BIAS,
  evidenceOf,
  featuresOf,
  type Learned,
  type Odds,
  oddsOf,
  valuesOf,
  type Weights,
} from '../../functions/src/assistant/floor/opinion.ts';
import { type Findings, recognizeByRules } from '../../functions/src/assistant/floor/rules.ts';
import type { Labelled } from './examples.ts';
import { type Example, type Options, regress } from './logistic.ts';

const WORDS: Options = { epochs: 12, rate: 0.3, decay: 400, seed: 7 };
const TRUST: Options = { epochs: 60, rate: 0.2, decay: 3, seed: 3 };
const FOLDS = 4;
/** Neighbours are often variants of each other: they stay in one fold. */
const BLOCK = 10;
/** A feature of one example only tells nothing about others. */
const FEWEST = 2;
/** How many features of words are kept, the weightiest: what a person can still look through. */
export const MOST = 64_000;

export interface Seen {
  row: Labelled;
  findings: Findings;
  values: Map<string, number>;
}

const HEADS: readonly ((row: Labelled) => boolean)[] = [
  ({ label }) => label === 'CRITICAL',
  ({ label }) => label !== 'NORMAL',
];

export function see(row: Labelled): Seen {
  const findings = recognizeByRules(row.text);
  return { row, findings, values: valuesOf(featuresOf(findings)) };
}

/** Parts that leave each other out in turn. */
export function folds(seen: readonly Seen[]): { rest: Seen[]; part: Seen[] }[] {
  const foldOf = (at: number) => Math.floor(at / BLOCK) % FOLDS;
  return Array.from({ length: FOLDS }, (_, fold) => ({
    rest: seen.filter((_, at) => foldOf(at) !== fold),
    part: seen.filter((_, at) => foldOf(at) === fold),
  }));
}

/**
 * Learns first what words tell, from all rows; then, from the rows that the rules were not tuned
 * with, how far to trust the words (as judged by those who did not learn from that row) and the
 * rules. The same rows give the same weights.
 */
export function train(seen: readonly Seen[]): Learned {
  const judged = folds(seen).flatMap(({ rest, part }) => {
    const words = learnWords(rest);
    return part
      .filter(({ row }) => row.fresh)
      .map((one) => ({ ...one, odds: oddsOf(words, one.values) }));
  });
  return { words: learnWords(seen), trust: learnTrust(judged) };
}

function learnWords(seen: readonly Seen[]): Weights {
  const counts = new Map<string, number>();
  for (const { values } of seen) {
    for (const name of values.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts.keys()].filter((name) => (counts.get(name) as number) >= FEWEST);
  const examples = seen.map(({ row, values }) => ({ row, values, weight: row.weight }));
  const strength = (name: string, [critical, trouble]: readonly [number, number]) =>
    (Math.abs(critical) + Math.abs(trouble)) * Math.sqrt(counts.get(name) ?? Infinity);
  const weights = learn(names, examples, WORDS);
  const kept = [...weights]
    .map(([name, both]) => ({ name, both, strength: strength(name, both) }))
    .sort((one, other) => other.strength - one.strength || (one.name < other.name ? -1 : 1))
    .slice(0, MOST);
  return new Map(kept.map(({ name, both }) => [name, both]));
}

function learnTrust(judged: readonly (Seen & { odds: Odds })[]): Weights {
  const examples = judged.map(({ row, findings, odds }) => ({
    row,
    values: evidenceOf(findings, odds),
    weight: row.weight / 2,
  }));
  const names = [...new Set(examples.flatMap(({ values }) => [...values.keys()]))];
  return learn(names, examples, TRUST);
}

function learn(
  names: readonly string[],
  rows: readonly { row: Labelled; values: ReadonlyMap<string, number>; weight: number }[],
  options: Options,
): Weights {
  const places = new Map(names.map((name, at) => [name, at]));
  const inputs = rows.map(({ row, values, weight }) => {
    const known = [...values].filter(([name]) => places.has(name));
    return {
      row,
      weight,
      features: Int32Array.from(known, ([name]) => places.get(name) as number),
      values: Float64Array.from(known, ([, value]) => value),
    };
  });
  const [critical, trouble] = HEADS.map((isYes) => {
    const examples: Example[] = inputs.map((input) => ({ ...input, yes: isYes(input.row) }));
    return regress(examples, names.length, options);
  }) as [Float64Array, Float64Array];
  return new Map(
    [...names, BIAS].map((name, at) => [
      name,
      [Math.round((critical[at] as number) * 100), Math.round((trouble[at] as number) * 100)],
    ]),
  );
}
