import type { Call } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { instant } from '../calls/times.ts';
import type { Chain, ClosedBy } from './chain.ts';

/** Milliseconds that a call's first task may take until the call is live. */
const NOT_LIVE_YET = 60_000;

export interface Settled {
  reason: ClosedBy;
  by?: string | undefined;
}

/** Whether the people are not needed any more: what their chain is closed by, as the call says it. */
export function settledBy(
  chain: Chain,
  call: Call | undefined,
  isArchived: boolean,
  now: number,
): Settled | undefined {
  const helped = Object.values(call?.dispatches ?? {}).find(
    ({ at }) => instant(at) > chain.raised_at,
  );
  if (helped) return { reason: 'dispatched', by: helped.by };
  // Who was lost is not on the line: people are fetched for what may happen there.
  if (chain.why === 'caller_lost') return undefined;
  if (!call) {
    const isOver = isArchived || now - chain.raised_at > NOT_LIVE_YET;
    return isOver ? { reason: 'call_over' } : undefined;
  }
  if (call.status === 'ENDED') return { reason: 'call_over' };
  const holder = holderOf(call, now);
  // Who has the call and wants somebody else is not who is wanted.
  if (holder !== undefined && holder !== chain.by) return { reason: 'held', by: holder };
  return joinedSince(chain, call);
}

/** The supervisor who has the call at this moment. */
export function holderOf(call: Call, now: number): string | undefined {
  return isHeld(call, now) ? call.owner?.id : undefined;
}

/** Who has accepted and has joined by telephone, if only to listen, has followed it up. */
function joinedSince({ accepted }: Chain, { timeline }: Call): Settled | undefined {
  if (!accepted) return undefined;
  const joined = Object.values(timeline ?? {}).some(
    ({ step, by, whom, at }) =>
      step === 'joined' && [by, whom].includes(accepted.by) && instant(at) >= accepted.at,
  );
  return joined ? { reason: 'held', by: accepted.by } : undefined;
}
