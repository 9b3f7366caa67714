import type { CallEvent } from '../calls/model.ts';
import { asError, isRetryable } from '../errors.ts';
import type { Log } from '../log.ts';
import { measure } from '../metrics/metrics.ts';
import { LATE_TASK } from '../metrics/thresholds.ts';
import { timeOf } from './apply.ts';
import type { DeadLetters } from './dead-letters.ts';
import { MirrorTask, ProbeTask } from './task-queue.ts';

export interface TaskHandlerOptions {
  apply: (events: CallEvent[]) => Promise<void>;
  /** Finds who the caller is, once their words are safe. Never rejects. */
  identify: (events: CallEvent[]) => Promise<void>;
  deadLetters: () => Promise<DeadLetters>;
  /** Writes what was counted, where it can. Never rejects. */
  flush: () => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Runs one task. Throws where a repetition helps, since every answer but a success is repeated by
 * Cloud Tasks; what no repetition mends is recorded with its events and then counts as done.
 */
export function createTaskHandler(options: TaskHandlerOptions) {
  const { apply, identify, deadLetters, flush, now, log } = options;

  return async function counted(data: unknown): Promise<void> {
    try {
      await handle(data);
    } finally {
      await flush();
    }
  };

  async function handle(data: unknown): Promise<void> {
    const probe = ProbeTask.safeParse(data);
    if (probe.success) {
      return measure(log, 'probe_arrived', { milliseconds: since(probe.data.probe) });
    }
    const task = MirrorTask.safeParse(data);
    if (!task.success) return bury(data, 'The task does not have its schema.');
    try {
      await apply(task.data.events);
    } catch (thrown) {
      const error = asError(thrown);
      if (isRetryable(thrown)) {
        const isWaiting = (error as { code?: unknown }).code === 'call_not_live_yet';
        measure(log, 'task_failed', { outcome: isWaiting ? 'waiting' : 'failed', error });
        throw error;
      }
      return bury(data, (error as { code?: string }).code ?? error.name);
    }
    const milliseconds = since(newest(task.data.events));
    const outcome = milliseconds > LATE_TASK ? 'late' : 'in_time';
    measure(log, 'task_applied', { outcome, milliseconds });
    await identify(task.data.events);
  }

  /** Milliseconds; clocks of two instances may differ. */
  function since(iso: string): number {
    return Math.max(0, now() - Date.parse(iso));
  }

  async function bury(data: unknown, reason: string): Promise<void> {
    await (await deadLetters()).record(data, reason);
    measure(log, 'dead_letter', { reason });
  }
}

/** Every batch carries its call's beginning, so the newest event is what the task is for. */
function newest(events: readonly CallEvent[]): string {
  return events.map(timeOf).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
}
