import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Answered, accept, close, passOn, settleAttempt } from './answered.ts';
import { attemptKey } from './attempts.ts';
import type { Chain, Channel } from './chain.ts';
import type { Pager } from './pager.ts';
import type { PeopleOnCall } from './people.ts';
import type { Lines } from './ports.ts';
import type { ChainStore } from './store.ts';
import type { TellOthers } from './tell-others.ts';
import type { Timeline } from './timeline.ts';

/** What a person on call can press or write. */
export const KEYS = { '1': 'accept', '5': 'pass_on', '6': 'close' } as const;
export type Key = keyof typeof KEYS;

export function isKey(text: string): text is Key {
  return Object.hasOwn(KEYS, text);
}

export interface PageAnswer {
  callId: string;
  adminId: string;
  key: Key;
  channel: Channel;
}

/** What became of an answer. `taken` and `over` name who was quicker, where somebody was. */
export type AnswerOutcome =
  | { outcome: 'accepted'; seconds: number }
  | { outcome: 'passed_on' | 'closed' }
  | { outcome: 'taken' | 'over'; name?: string };

export interface Answers {
  /** @throws AuroraError 503 where it can't be stored: the person is to try again */
  answer(answer: PageAnswer): Promise<AnswerOutcome>;
  /** A call was not answered by a person, or a message can't be delivered. */
  unanswered(
    of: Omit<PageAnswer, 'key'> & { stage: number },
    state: 'failed' | 'unanswered',
    reason: string,
  ): Promise<void>;
}

/** What people on call answer. Everything is stored by compare-and-set before anybody is told. */
export function createAnswers(options: {
  store: ChainStore;
  people: PeopleOnCall;
  pager: Pick<Pager, 'runDue' | 'schedule'>;
  tellOthers: TellOthers;
  timeline: Timeline;
  lines: () => Lines | Promise<Lines>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}): Answers {
  const { store, people, pager, tellOthers, timeline, now, log } = options;

  async function answer({ callId, adminId, key, channel }: PageAnswer): Promise<AnswerOutcome> {
    const known = await store.read(callId);
    // Somebody who was disabled, or has lost the role, answers for nobody (I6).
    const person = known && (await people.find(known.company_id, adminId));
    if (!person) return { outcome: 'over' };
    const given = await store.change<Answered | undefined>(callId, (before) => {
      const answered = before && changed(before, adminId, key);
      if (!answered || !('chain' in answered)) return { result: answered };
      return { chain: answered.chain, result: answered };
    });
    if (!given) return { outcome: 'over' };
    if (given.outcome === 'taken') return { outcome: 'taken', ...(await named(known, given.by)) };
    if (given.outcome === 'over')
      return { outcome: 'over', ...(await named(known, given.closed.by)) };
    if (given.isNew) await afterwards(given.chain, given.outcome, adminId, channel);
    return given.outcome === 'accepted'
      ? { outcome: 'accepted', seconds: given.chain.policy.accept_seconds }
      : { outcome: given.outcome };
  }

  function changed(chain: Chain, adminId: string, key: Key): Answered {
    if (key === '1') {
      const accepted = accept(chain, adminId, now());
      // A caller who is gone can't be taken over: who accepts sees to it.
      return accepted.outcome === 'accepted' && chain.why === 'caller_lost'
        ? { ...accepted, chain: closedIn(accepted.chain, adminId) }
        : accepted;
    }
    return key === '5' ? passOn(chain, adminId, now()) : close(chain, 'person', now(), adminId);
  }

  function closedIn(chain: Chain, adminId: string): Chain {
    const closed = close(chain, 'person', now(), adminId);
    return 'chain' in closed ? closed.chain : chain;
  }

  async function afterwards(
    chain: Chain,
    outcome: 'accepted' | 'passed_on' | 'closed',
    by: string,
    channel: Channel,
  ): Promise<void> {
    const stage = Math.max(0, chain.next - 1);
    if (outcome === 'accepted') {
      const key = [by, chain.accepted?.at ?? now()];
      await timeline.note(chain, [{ step: 'page_accepted', by, channel, stage, key }]);
      await Promise.all([
        tellOthers.accepted(chain, by),
        hangUpOthers(chain, channel === 'voice' ? by : undefined),
        pager.schedule(chain.call_id, chain.accepted?.until),
      ]);
    }
    if (outcome === 'passed_on') {
      const key = [by, stage];
      await timeline.note(chain, [{ step: 'page_passed_on', by, channel, stage, key }]);
      if (chain.due_at <= now()) await next(chain);
    }
    if (outcome === 'closed') {
      await timeline.note(chain, [{ step: 'page_closed', by, channel, reason: 'person', key: [] }]);
      await Promise.all([
        tellOthers.closed(chain),
        hangUpOthers(chain, channel === 'voice' ? by : undefined),
      ]);
    }
  }

  /** The next step is begun before the answer leaves; its task does it where this instance is frozen. */
  async function next(chain: Chain): Promise<void> {
    await pager.schedule(chain.call_id, chain.due_at);
    void pager.runDue(chain.call_id).catch((error: unknown) => {
      log.error('The next step after a page was passed on could not be done; its task does it.', {
        error: asError(error),
      });
    });
  }

  /** Nobody is kept ringing for what somebody else does, or for what they have answered by text. */
  async function hangUpOthers({ attempts }: Chain, except: string | undefined): Promise<void> {
    const ringing = Object.values(attempts ?? {}).filter(
      ({ channel, state, sid, admin_id }) =>
        channel === 'voice' && state === 'sent' && sid !== undefined && admin_id !== except,
    );
    if (ringing.length === 0) return;
    const lines = await options.lines();
    await Promise.all(ringing.map(({ sid }) => lines.hangUp(sid as string).catch(() => undefined)));
  }

  async function named(chain: Chain, adminId: string | undefined): Promise<{ name?: string }> {
    if (adminId === undefined) return {};
    const person = await people.find(chain.company_id, adminId).catch(() => undefined);
    return person?.name ? { name: person.name } : {};
  }

  return {
    answer,
    async unanswered({ callId, adminId, channel, stage }, state, reason) {
      const key = attemptKey({ stage, admin_id: adminId, channel });
      const settled = await store.change(callId, (before) => {
        if (before?.attempts?.[key]?.state !== 'sent') return { result: undefined };
        // Who has answered, and who was rung off because somebody else had, is no missed call.
        const isAnswered = before.passed?.[adminId] !== undefined;
        if (isAnswered || before.accepted || before.closed) return { result: undefined };
        const chain = settleAttempt(before, key, state, reason, now());
        return { chain, result: chain };
      });
      if (!settled) return;
      const step = state === 'failed' ? 'page_failed' : 'page_unanswered';
      await timeline.note(settled, [
        { step, whom: adminId, channel, reason, stage, key: [stage, adminId, channel, 'ended'] },
      ]);
      if (!settled.closed && settled.due_at <= now()) await next(settled);
    },
  };
}
