import { type Call, FACT_KINDS, type Fact } from '../../functions/src/calls/model.ts';
import { type Expected, factsOf } from './oracle.ts';
import { canonical } from './realtime-database.ts';

/** What was told beats what was guessed; of two of a kind that of the later turn. */
function worth({ confidence, turn }: Fact): number {
  return (confidence >= 0.5 ? 1_000_000 : 0) + turn;
}

/** Each fact is somebody's, and no worse than the best that is certain. */
export function checkFacts(
  call: Pick<Call, 'facts'>,
  expected: Expected,
  violate: (what: string) => void,
): void {
  for (const kind of FACT_KINDS) {
    const kept = call.facts?.[kind];
    const certain = factsOf(expected.certain, kind);
    const known = [...certain, ...factsOf(expected.possible, kind)].map(canonical);
    if (kept && !known.includes(canonical(kept))) violate(`I2: ${kind} is nobody’s`);
    const best = Math.max(...certain.map(worth));
    if (certain.length && !(kept && worth(kept) >= best)) violate(`I2: lost a fact: ${kind}`);
  }
}
