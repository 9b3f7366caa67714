import { FACT_KINDS, Fact, type Facts } from './model.ts';
import { instant } from './times.ts';

/** From here on a fact counts as told; below it as guessed. */
export const TOLD = 0.5;

/**
 * The best of what is known of each fact, whatever the order of arrival: what was told beats what was
 * guessed, then the later turn, then the surer one; of equals the later in (time, value, by).
 */
export function foldFacts(known: Facts | undefined, reported: Facts): Facts {
  const folded: Facts = { ...known };
  for (const kind of FACT_KINDS) {
    const fact = reported[kind];
    if (fact) folded[kind] = better(folded[kind], fact);
  }
  return folded;
}

/**
 * The facts that have their schema; undefined where there are none. One that has not is left out: the
 * batch would be refused, and the words with it (I2).
 */
export function keptFacts(facts: Facts | undefined): Facts | undefined {
  const kept: Facts = {};
  for (const kind of FACT_KINDS) {
    const { data } = Fact.safeParse(facts?.[kind]);
    if (data) kept[kind] = data;
  }
  return Object.keys(kept).length ? kept : undefined;
}

function better(a: Fact | undefined, b: Fact): Fact {
  if (!a) return b;
  const order =
    Number(a.confidence >= TOLD) - Number(b.confidence >= TOLD) ||
    a.turn - b.turn ||
    a.confidence - b.confidence ||
    instant(a.at) - instant(b.at) ||
    compare(a.value, b.value) ||
    compare(a.by, b.by) ||
    compare(a.at, b.at);
  return order >= 0 ? a : b;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
