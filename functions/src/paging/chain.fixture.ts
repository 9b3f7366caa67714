import fc from 'fast-check';
import { ReachingPolicy } from '../access/reaching-policy.ts';
import { CALL_ID } from '../calls/events.fixture.ts';
import { close } from './answered.ts';
import { noteAttempts } from './attempts.ts';
import { type Chain, ChainPolicy } from './chain.ts';
import { type Raise, raise } from './raised.ts';
import { claim, complete, dueOf, stageOf } from './stages.ts';

/** A chain of pages without a database, and what people may do to it. */

export const START = 1_000_000_000;
export const asked: Raise = {
  call_id: CALL_ID,
  company_id: 'demo',
  why: 'critical',
  time_zone: 'Asia/Kolkata',
  at: START,
};
export const defaults = ChainPolicy.parse(ReachingPolicy.parse({}));

export const policies = fc.record({
  steps: fc.array(
    fc.record({
      who: fc.constant<string[]>(['everyone']),
      wait_seconds: fc.integer({ min: 10, max: 3_600 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  repeats: fc.integer({ min: 0, max: 20 }),
  accept_seconds: fc.integer({ min: 15, max: 600 }),
  dial_emergency: fc.boolean(),
});

export const people = fc.constantFrom('asha', 'ravi', 'meena');
export const pauses = fc.integer({ min: 0, max: 200_000 });

export const open = (policy = defaults): Chain => raise(undefined, asked, policy, START).chain;
export const sent = (chain: Chain, stage: number, who: string, at: number) =>
  noteAttempts(chain, [{ admin_id: who, channel: 'sms', stage, state: 'sent', at }]);

/** Claims what is due, sends to one person, and is done. */
export function runDue(chain: Chain, now: number, who: string | undefined, by = 'holder'): Chain {
  const claimed = claim(chain, by, now);
  if (!claimed)
    return dueOf(chain, now).do === 'end' ? chainOf(close(chain, 'nobody', now)) : chain;
  const stage = stageOf(chain.policy, chain.next);
  const done = who && stage?.kind === 'people' ? sent(claimed, chain.next, who, now) : claimed;
  return complete(done, by, now);
}

export function chainOf(answer: object): Chain {
  return (answer as { chain: Chain }).chain;
}
