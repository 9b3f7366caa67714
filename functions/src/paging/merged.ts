import type { Chain, Why } from './chain.ts';

/** One chain for the calls of one incident. */

/** Takes another call of the incident in. */
export function take(chain: Chain, callId: string, now: number): Chain {
  if (chain.closed || callId === chain.call_id || chain.merged?.[callId] !== undefined)
    return chain;
  return { ...chain, merged: { ...chain.merged, [callId]: now } };
}

/** What a call keeps whose people are those of another one. */
export function mergedInto(
  { call_id: merged_into, company_id, policy, time_zone }: Chain,
  call_id: string,
  why: Why,
  before: Chain | undefined,
  now: number,
): Chain {
  const isNew = before?.merged_into !== merged_into;
  return {
    call_id,
    company_id,
    policy,
    time_zone,
    why,
    merged_into,
    round: (before?.round ?? 0) + (isNew ? 1 : 0),
    raised_at: now,
    due_at: now,
    next: 0,
    closed: { reason: 'merged', at: now },
  };
}
