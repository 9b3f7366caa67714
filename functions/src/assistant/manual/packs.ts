import type { Procedure } from './manual.ts';
import type { Passage } from './passages.ts';

/** All that may be spoken to the callers of one company, compiled and held in memory. */
export interface Pack {
  /** Names the pack in groundings: `embedded@1a2b3c4d5e6f`, or `demo@7` for a company's seventh. */
  version: string;
  /** Cards by hazard, the company's own in the place of embedded ones. */
  procedures: ReadonlyMap<string, Procedure>;
  /** Of all cards and all other manuals. */
  passages: readonly Passage[];
  /** False where the company has manuals of its own that this instance does not hold. */
  atHand: boolean;
}

export interface Packs {
  /** At once, from memory: the company's pack if it is known to be current, else the embedded one. */
  of(companyId: string | undefined): Pack;
  /** Starts to bring a company's pack up to date where that is due; waits for it at most so long. */
  refresh(companyId: string, boundMs: number): Promise<void>;
}
