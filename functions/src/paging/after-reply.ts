import type { CallStarted } from '../calls/model.ts';
import { instant } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Judged, OnCall } from '../turn/on-call.ts';
import { within } from '../within.ts';
import type { Why } from './chain.ts';
import type { PageTask } from './page-task.ts';
import type { Pager } from './pager.ts';
import type { Queue } from './ports.ts';
import type { Outcome, Wish } from './wish.ts';

/** Milliseconds a turn waits for the queue to confirm, beside its other tasks (I1: bounded). */
const ENQUEUE_BOUND = 1_500;
/** Milliseconds for which this instance believes what it knows of a chain. */
const BELIEVED = 15_000;
/** Calls that are remembered. */
const MOST_KNOWN = 1_000;
/**
 * Milliseconds after which the task does what this instance has begun and not done: once its answer
 * has left, it may be frozen.
 */
const DIRECT_LEASE = 5_000;

/** Where nobody is being fetched now. */
const IN_VAIN: readonly Outcome[] = ['held', 'over', 'unwanted'];

/** What calls for people in one turn; undefined where nothing does. */
export function whyToPage({ key, isSilent, urgency, rung }: Judged): Why | undefined {
  if (urgency === 'CRITICAL') return 'critical';
  if (isSilent) return urgency === 'URGENT' ? 'silent' : undefined;
  if (key === '9') return 'asked';
  return rung === 'person' ? 'ungrounded' : undefined;
}

/**
 * Begins to fetch people where a turn calls for it, and does what is overdue. Resolves when the task
 * that guarantees it is confirmed or given up, in bounded time; the pages themselves are not waited
 * for. Never rejects.
 */
export type AfterReply = OnCall['afterReply'];

export function createAfterReply(options: {
  pager: () => Promise<Pick<Pager, 'raise' | 'runDue'>>;
  queue: () => Promise<Queue>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}): AfterReply {
  const { now, log } = options;
  /** What this instance knows of the chains of its calls, so that no turn asks in vain. */
  const known = new Map<string, { why: Why; open: boolean; at: number }>();

  return async function afterReply(judged) {
    const callId = judged.started.call_id;
    const why = whyToPage(judged);
    const before = known.get(callId);
    // What is CRITICAL is told each time: the chain that this instance knows may be closed by now.
    if (why === undefined || (before?.open && why !== 'critical')) {
      if (before?.open && now() - before.at > BELIEVED) look(callId, before.why);
      return;
    }
    remember(callId, why, true);
    const isCalm = why === 'ungrounded' && judged.urgency === 'NORMAL';
    const how = isCalm ? { calm: true } : {};
    const wish = { why, at: instant(judged.at), started: judged.started, ...how };
    begin(callId, wish);
    await enqueue({ call_id: callId, raise: wish });
  };

  function begin(
    callId: string,
    wish: Pick<Wish, 'why' | 'at' | 'calm'> & { started: CallStarted },
  ): void {
    options
      .pager()
      .then((pager) => pager.raise({ callId, ...wish, lease: DIRECT_LEASE }))
      .then((outcome) => remember(callId, wish.why, !IN_VAIN.includes(outcome)))
      .catch((error: unknown) => {
        log.error('People could not be fetched by the turn itself; its task fetches them.', {
          error: asError(error),
        });
      });
  }

  /** What is overdue is done by whoever comes by. */
  function look(callId: string, why: Why): void {
    remember(callId, why, true);
    options
      .pager()
      .then((pager) => pager.runDue(callId, DIRECT_LEASE))
      .then(({ until }) => remember(callId, why, until !== undefined))
      .catch((error: unknown) => {
        log.warn('What is due of a chain of pages could not be looked for.', {
          error: asError(error),
        });
      });
  }

  async function enqueue(task: PageTask): Promise<void> {
    try {
      await within(
        ENQUEUE_BOUND,
        options.queue().then((queue) => queue.enqueue(task)),
      );
    } catch (error) {
      log.error(
        'The task that fetches people could not be queued; the minute schedule looks after it.',
        {
          error: asError(error),
        },
      );
    }
  }

  function remember(callId: string, why: Why, open: boolean): void {
    known.delete(callId);
    known.set(callId, { why, open, at: now() });
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  }
}
