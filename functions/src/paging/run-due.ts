import { close } from './answered.ts';
import type { Chain } from './chain.ts';
import type { Calls } from './ports.ts';
import type { RunStage } from './run-stage.ts';
import { type Settled, settledBy } from './settled.ts';
import { CLAIM, claim, complete, dueOf, type Stage } from './stages.ts';
import type { ChainStore } from './store.ts';
import type { TellOthers } from './tell-others.ts';
import type { Timeline } from './timeline.ts';
import type { Wish } from './wish.ts';

/** Stages that one run may do: all of a chain in which nobody can be reached. */
const MOST_STAGES = 40;

/** What one run did, and when the chain's next stage is due; `until` is absent where it is closed. */
export interface Ran {
  stages: number;
  until?: number;
  /** Whether somebody else is at it. */
  claimed?: boolean;
}

export interface RunDueOptions {
  store: ChainStore;
  calls: Calls;
  runStage: RunStage;
  schedule: (callId: string, until: number | undefined) => Promise<void>;
  raise: (wish: Wish) => Promise<unknown>;
  tellOthers: TellOthers;
  timeline: Timeline;
  /** A new one for each claim. */
  randomId: () => string;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Does what is due for one call, stage by stage, until it has to wait or is over. */
export function createRunDue(options: RunDueOptions) {
  const { store, calls, runStage, schedule, raise, timeline, now } = options;

  return async function runDue(callId: string, lease = CLAIM): Promise<Ran> {
    let stages = 0;
    while (stages < MOST_STAGES) {
      const [chain, call] = await Promise.all([store.read(callId), calls.live(callId)]);
      if (!chain || chain.closed) return { stages };
      const isArchived = call ? false : await calls.isArchived(callId);
      const settled = settledBy(chain, call, isArchived, now());
      if (settled) {
        await closeChain(callId, settled);
        return { stages };
      }
      const due = dueOf(chain, now());
      if (due.do === 'nothing') return { stages };
      if (due.do === 'wait') {
        if (stages > 0) await schedule(callId, due.until);
        return { stages, until: due.until, claimed: due.claimed === true };
      }
      if (due.do === 'end') {
        await closeChain(callId, { reason: 'nobody' });
        return { stages };
      }
      const holder = options.randomId();
      const claimed = await store.change(callId, (before) => {
        const mine = before && claim(before, holder, now(), leaseOf(lease, due.stage));
        return mine ? { chain: mine, result: { before, mine } } : { result: undefined };
      });
      if (!claimed) continue;
      const { before, mine } = claimed;
      await noteEscalation(before, mine);
      await runStage(mine, mine.next, due.stage, call);
      await store.change(callId, (known) => ({
        chain: known && complete(known, holder, now()),
        result: undefined,
      }));
      stages++;
    }
    return { stages };
  };

  /** Calls are begun one after the other: who has many to ring needs longer. */
  function leaseOf(lease: number, stage: Stage): number {
    return stage.kind === 'people' && lease >= CLAIM ? lease + CLAIM : lease;
  }

  async function noteEscalation(before: Chain, { next: stage, policy }: Chain): Promise<void> {
    const { accepted } = before;
    const notes = [];
    if (accepted) {
      const by = accepted.by;
      const key = [stage, by, 'accepted'];
      notes.push({
        step: 'page_unanswered',
        whom: by,
        reason: 'not_followed',
        stage,
        key,
      } as const);
    }
    if (stage > 0) {
      const reason = stage > policy.steps.length ? 'quiet_repeat' : 'no_answer';
      notes.push({ step: 'page_escalated', reason, stage, key: [stage] } as const);
    }
    if (notes.length > 0) await timeline.note(before, notes);
  }

  async function closeChain(callId: string, { reason, by }: Settled): Promise<void> {
    const closed = await store.change(callId, (before) => {
      const answer = before && close(before, reason, now(), by);
      return answer && 'chain' in answer
        ? { chain: answer.chain, result: answer.chain }
        : { result: undefined };
    });
    if (!closed) return;
    await timeline.note(closed, [
      { step: 'page_closed', reason, key: [], ...(by === undefined ? {} : { by }) },
    ]);
    await options.tellOthers.closed(closed);
    if (reason !== 'call_over') return;
    for (const other of Object.keys(closed.merged ?? {})) {
      await raise({ callId: other, why: closed.why, at: now() + 1 });
    }
  }
}
