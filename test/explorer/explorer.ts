import { violationsOf } from './checks.ts';
import { type Parts, PRODUCTION } from './parts.ts';
import { runWorld } from './world.ts';

export interface Verdict {
  seed: number;
  violations: string[];
  steps: number;
}

interface Options {
  parts?: Parts;
  /** See WorldOptions. */
  isDeadly?: boolean;
  onTrace?: (line: string) => void;
}

/** Runs one schedule and looks at what it left. Never rejects. */
export async function explore(
  seed: number,
  { parts = PRODUCTION, isDeadly, onTrace }: Options = {},
): Promise<Verdict> {
  try {
    const world = await runWorld({ seed, parts, isDeadly, onTrace });
    return { seed, violations: await violationsOf(world), steps: world.steps };
  } catch (error) {
    return { seed, violations: [`the schedule broke: ${(error as Error).stack}`], steps: 0 };
  }
}

/** The first of so many schedules that shows such a violation; undefined when none of them does. */
export async function findViolation(
  parts: Parts,
  { schedules, like, isDeadly = false }: { schedules: number; like: RegExp; isDeadly?: boolean },
): Promise<Verdict | undefined> {
  for (let seed = 0; seed < schedules; seed++) {
    const verdict = await explore(seed, { parts, isDeadly });
    if (verdict.violations.some((violation) => like.test(violation))) return verdict;
  }
  return undefined;
}
