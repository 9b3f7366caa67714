import type { CallEvent } from '../calls/model.ts';
import { asError } from '../errors.ts';
import type { Journal, Receipt } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import { measure } from '../metrics/metrics.ts';
import { within } from '../within.ts';
import type { TaskQueue } from './task-queue.ts';

/** Milliseconds a turn waits for Cloud Tasks to confirm (I1: bounded). */
const ENQUEUE_BOUND = 1_500;
/** Milliseconds a turn waits for the direct write, and only when the enqueue failed (I1). */
const DIRECT_BOUND = 1_000;
/** Batches of earlier requests that are sent at a time. */
const FLUSH_AT_ONCE = 20;

export interface OutboxOptions {
  queue: TaskQueue;
  journal: Journal;
  /** Mirrors a batch at once, without a task. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** Whether each batch is also applied directly, beside its task. */
  directWrite: boolean;
  log: Log;
}

export interface Outbox {
  /**
   * Hands a batch to a task, and meanwhile to the mirror. Resolves to whether something durable
   * holds it; never rejects. A batch that nothing holds stays pending in the journal.
   */
  send(events: readonly CallEvent[], receipt?: Receipt): Promise<boolean>;
  /** Sends again what earlier requests left pending. Resolves when each was tried once. */
  flush(): Promise<void>;
}

export function createOutbox({ queue, journal, apply, directWrite, log }: OutboxOptions): Outbox {
  const underWay = new Set<Receipt>();

  async function deliver(events: readonly CallEvent[]): Promise<boolean> {
    const direct = directWrite ? quietly(apply(events)) : undefined;
    try {
      await within(ENQUEUE_BOUND, queue.enqueue({ events: [...events] }));
      return true;
    } catch (error) {
      measure(log, 'enqueue_failed', { error: asError(error) });
    }
    try {
      const written = await within(DIRECT_BOUND, direct ?? quietly(apply(events)));
      if (written !== undefined) throw written;
      measure(log, 'direct_write');
      return true;
    } catch (error) {
      measure(log, 'events_held', { error: asError(error) });
      return false;
    }
  }

  async function send(events: readonly CallEvent[], receipt?: Receipt): Promise<boolean> {
    if (receipt !== undefined) underWay.add(receipt);
    const held = await deliver(events);
    if (receipt !== undefined) {
      underWay.delete(receipt);
      if (held) journal.queued(receipt);
    }
    return held;
  }

  async function flush(): Promise<void> {
    const waiting = journal.pending().filter(({ receipt }) => !underWay.has(receipt));
    const batches = waiting.slice(0, FLUSH_AT_ONCE);
    await Promise.all(batches.map(({ events, receipt }) => send(events, receipt)));
  }

  return { send, flush };
}

/** Resolves to undefined, or to the error: a promise that nobody may be waiting for. */
function quietly(work: Promise<void>): Promise<Error | undefined> {
  return work.then(() => undefined, asError);
}
