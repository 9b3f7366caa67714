import { violationsOf } from './checks.ts';
import { type Parts, PRODUCTION } from './parts.ts';
import { runWorld } from './world.ts';

export interface Verdict {
  seed: number;
  violations: string[];
  steps: number;
}

/** Runs one schedule and looks at what it left. Never rejects. */
export async function explore(
  seed: number,
  { parts = PRODUCTION, onTrace }: { parts?: Parts; onTrace?: (line: string) => void } = {},
): Promise<Verdict> {
  try {
    const world = await runWorld({ seed, parts, onTrace });
    return { seed, violations: await violationsOf(world), steps: world.steps };
  } catch (error) {
    return { seed, violations: [`the schedule broke: ${(error as Error).stack}`], steps: 0 };
  }
}

/** The first of so many schedules that shows such a violation; undefined when none of them does. */
export async function findViolation(
  parts: Parts,
  { schedules, like, from = 0 }: { schedules: number; like: RegExp; from?: number },
): Promise<Verdict | undefined> {
  for (let seed = from; seed < from + schedules; seed++) {
    const verdict = await explore(seed, { parts });
    if (verdict.violations.some((violation) => like.test(violation))) return verdict;
  }
  return undefined;
}
