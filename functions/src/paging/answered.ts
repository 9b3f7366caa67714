import { isAwaited } from './attempts.ts';
import type { Chain, ClosedBy } from './chain.ts';
import { soonest, stageOf } from './stages.ts';

/** What people answer, or do not, and what it makes of a chain. */

export type Answered =
  | { outcome: 'accepted' | 'passed_on' | 'closed'; chain: Chain; isNew: boolean }
  | { outcome: 'taken'; by: string }
  | { outcome: 'over'; closed: NonNullable<Chain['closed']> };

/** Says that one will see to it: nobody else can, for as long as one has to follow it up. */
export function accept(chain: Chain, adminId: string, now: number): Answered {
  const { closed, accepted } = chain;
  if (closed) return { outcome: 'over', closed };
  if (accepted && now < accepted.until) {
    return accepted.by === adminId
      ? { outcome: 'accepted', chain, isNew: false }
      : { outcome: 'taken', by: accepted.by };
  }
  const until = now + chain.policy.accept_seconds * 1_000;
  return {
    outcome: 'accepted',
    isNew: true,
    chain: { ...chain, accepted: { by: adminId, at: now, until }, due_at: until },
  };
}

/** Says that somebody else should; also of what one had accepted. */
export function passOn(chain: Chain, adminId: string, now: number): Answered {
  const { closed, accepted } = chain;
  if (closed) return { outcome: 'over', closed };
  const stage = chain.claim ? chain.claim.stage : Math.max(0, chain.next - 1);
  const isNew = (chain.passed?.[adminId] ?? -1) < stage || accepted?.by === adminId;
  const passed = { ...chain, passed: { ...chain.passed, [adminId]: stage } };
  if (accepted?.by === adminId) {
    const { accepted: _, ...given } = passed;
    return {
      outcome: 'passed_on',
      isNew,
      chain: { ...given, due_at: Math.min(chain.due_at, now) },
    };
  }
  return { outcome: 'passed_on', isNew, chain: hurried(passed, now) };
}

export function close(
  chain: Chain,
  reason: ClosedBy,
  now: number,
  by?: string,
): Extract<Answered, { chain: Chain }> | Extract<Answered, { outcome: 'over' }> {
  if (chain.closed) return { outcome: 'over', closed: chain.closed };
  const { claim: _, ...rest } = chain;
  const closed = { reason, at: now, ...(by === undefined ? {} : { by }) };
  return { outcome: 'closed', isNew: true, chain: { ...rest, closed } };
}

/** A call rang out, or a message can't be delivered. */
export function settleAttempt(
  chain: Chain,
  key: string,
  state: 'failed' | 'unanswered',
  reason: string,
  now: number,
): Chain {
  const attempt = chain.attempts?.[key];
  if (attempt?.state !== 'sent') return chain;
  const attempts = {
    ...chain.attempts,
    [key]: { ...attempt, state, reason: reason.slice(0, 100) },
  };
  return hurried({ ...chain, attempts }, now);
}

/** The next stage at once where nobody of this one is left to answer. */
function hurried(chain: Chain, now: number): Chain {
  if (chain.closed || chain.accepted || chain.claim || chain.next === 0 || isAwaited(chain)) {
    return chain;
  }
  if (stageOf(chain.policy, chain.next - 1)?.kind !== 'people') return chain;
  return { ...chain, due_at: Math.min(chain.due_at, soonest(chain, now)) };
}
