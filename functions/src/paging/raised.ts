import type { Chain, ChainPolicy, ClosedBy, Why } from './chain.ts';

/** What the wish for people makes of a chain. */

/** What is asked for when people are to be fetched. */
export interface Raise {
  call_id: string;
  company_id: string;
  why: Why;
  time_zone: string;
  /** When what calls for it happened, epoch milliseconds: a late repetition opens nothing again. */
  at: number;
  by?: string | undefined;
  reason?: string | undefined;
}

/** Who has answered for good is not asked again because the caller is silent or hard to answer. */
const LESSER: readonly Why[] = ['silent', 'ungrounded'];
const ANSWERED: readonly ClosedBy[] = ['person', 'held', 'dispatched'];

export type Raised = { chain: Chain; outcome: 'opened' | 'sharpened' | 'known' };

/** Opens a chain, or a further round of one that is closed; one that is open takes the wish in. */
export function raise(
  known: Chain | undefined,
  asked: Raise,
  policy: ChainPolicy,
  now: number,
): Raised {
  if (known && !known.closed) return sharpen(known, asked, now);
  if (known?.closed && !reopens(known.closed, asked)) return { chain: known, outcome: 'known' };
  const { call_id, company_id, why, time_zone, by, reason } = asked;
  const chain: Chain = {
    call_id,
    company_id,
    round: (known?.round ?? 0) + 1,
    why,
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
    raised_at: now,
    time_zone,
    policy,
    next: 0,
    due_at: now,
  };
  return { chain, outcome: 'opened' };
}

function reopens({ reason, at }: NonNullable<Chain['closed']>, asked: Raise): boolean {
  if (asked.at <= at || (reason === 'call_over' && asked.why !== 'caller_lost')) return false;
  return !(ANSWERED.includes(reason) && LESSER.includes(asked.why));
}

/**
 * A call that was quiet and becomes CRITICAL does not wait for the next step, nor does one whose
 * caller is lost: it is not over with the line.
 */
function sharpen(chain: Chain, { why, reason }: Raise, now: number): Raised {
  const isSharper = why === 'caller_lost' || (why === 'critical' && chain.why !== 'caller_lost');
  if (!isSharper || chain.why === why) return { chain, outcome: 'known' };
  const due_at = chain.accepted ? chain.due_at : Math.min(chain.due_at, now);
  const told = reason === undefined ? {} : { reason };
  return { chain: { ...chain, why, ...told, due_at }, outcome: 'sharpened' };
}
