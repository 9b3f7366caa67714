import { hasReached, isAwaited } from './attempts.ts';
import type { Chain, ChainPolicy } from './chain.ts';

/** How a chain moves on: which stage is due, who does it, and when the next one is. */

/** Milliseconds after which somebody else does what a claim's holder has not done. */
export const CLAIM = 15_000;

/** What is done at one place of a chain. */
export type Stage = { wait: number } & (
  | { kind: 'people'; who: string[]; quiet: boolean }
  | { kind: 'emergency' }
);

/** The company's steps, the emergency number, then the last step as often as it is repeated. */
export function stageOf({ steps, repeats }: ChainPolicy, index: number): Stage | undefined {
  const last = steps.at(-1);
  if (!last || index > steps.length + repeats) return undefined;
  const step = steps[index];
  if (step) return people(step, false);
  if (index === steps.length) return { kind: 'emergency', wait: last.wait_seconds * 1_000 };
  return people(last, true);
}

function people({ who, wait_seconds }: ChainPolicy['steps'][number], quiet: boolean): Stage {
  return { kind: 'people', who, quiet, wait: wait_seconds * 1_000 };
}

/** What a chain asks for at an instant. */
export type Due =
  | { do: 'nothing' }
  /** `claimed`: somebody is at it, and has until then. */
  | { do: 'wait'; until: number; claimed?: true }
  | { do: 'run'; index: number; stage: Stage }
  | { do: 'end' };

export function dueOf({ closed, due_at, claim, policy, next }: Chain, now: number): Due {
  if (closed) return { do: 'nothing' };
  if (now < due_at) return { do: 'wait', until: due_at };
  if (claim && now < claim.until) return { do: 'wait', until: claim.until, claimed: true };
  const stage = stageOf(policy, next);
  return stage ? { do: 'run', index: next, stage } : { do: 'end' };
}

/** Takes what is due for oneself; an acceptance that was not followed is over with it. */
export function claim(
  chain: Chain,
  by: string,
  now: number,
  lease: number = CLAIM,
): Chain | undefined {
  if (dueOf(chain, now).do !== 'run') return undefined;
  const { accepted: _, ...rest } = chain;
  return { ...rest, claim: { by, until: now + lease, stage: chain.next } };
}

/**
 * A stage is done by the holder of its claim. Whoever answered meanwhile is not overruled; where
 * nobody was reached, or everybody has passed on, the next stage is due at once.
 */
export function complete(chain: Chain, by: string, now: number): Chain {
  if (chain.claim?.by !== by || chain.closed) return chain;
  const { claim: held, ...rest } = chain;
  const stage = stageOf(chain.policy, held.stage);
  const done: Chain = { ...rest, next: held.stage + 1 };
  if (done.accepted) return done;
  const waits = stage?.kind === 'emergency' ? hasReached(done) : isAwaited(done);
  return { ...done, due_at: waits ? now + (stage?.wait ?? 0) : soonest(done, now) };
}

/** The caller has time to hear the first reply to its end before the emergency number is dialled. */
export function soonest({ policy, next, raised_at }: Chain, now: number): number {
  if (stageOf(policy, next)?.kind !== 'emergency') return now;
  const first = policy.steps[0]?.wait_seconds ?? 0;
  return Math.max(now, raised_at + first * 1_000);
}
