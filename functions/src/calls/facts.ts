import { FACT_KINDS, type Fact, type Facts } from './model.ts';

/** From here on a fact counts as told; below it as guessed. */
const TOLD = 0.5;

/**
 * The best of what is known of each fact, whatever the order of arrival: what was told beats what was
 * guessed, then the later turn, then the surer one.
 */
export function foldFacts(known: Facts | undefined, reported: Facts): Facts {
  const folded: Facts = { ...known };
  for (const kind of FACT_KINDS) {
    const fact = reported[kind];
    if (fact) folded[kind] = better(folded[kind], fact);
  }
  return folded;
}

function better(a: Fact | undefined, b: Fact): Fact {
  if (!a) return b;
  const order =
    Number(a.confidence >= TOLD) - Number(b.confidence >= TOLD) ||
    a.turn - b.turn ||
    a.confidence - b.confidence ||
    compare(JSON.stringify(a), JSON.stringify(b));
  return order >= 0 ? a : b;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
