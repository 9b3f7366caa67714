import type { Log } from '../log.ts';
import type { ProbeTask } from '../mirror/task-queue.ts';
import { within } from '../within.ts';
import { measure } from './metrics.ts';

/** Milliseconds that a database is given to answer: nobody waits for the schedule. */
const PATIENCE = 3_000;

export type DatabaseName = 'realtime_database' | 'firestore';

export interface MeasuredMinuteOptions {
  /** What the schedule does. */
  run: () => Promise<void>;
  /** Each resolves when the database answers. */
  databases: Record<DatabaseName, () => Promise<unknown>>;
  enqueue: (task: ProbeTask) => Promise<void>;
  flush: () => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * The minute schedule, and what can only be measured by trying: whether the databases answer, and
 * how long a task takes through the queue, also while nobody calls. Rejects as the schedule does.
 */
export function createMeasuredMinute(options: MeasuredMinuteOptions) {
  const { run, databases, enqueue, flush, now, log } = options;

  return async function everyMinute(): Promise<void> {
    const began = now();
    // Its absence at the other end tells that it failed.
    const sent = enqueue({ probe: new Date(began).toISOString() }).catch(() => undefined);
    let outcome = 'ok';
    try {
      await run();
    } catch (error) {
      outcome = 'failed';
      throw error;
    } finally {
      const milliseconds = now() - began;
      // After the chores: while a cold instance loads what they need, nothing answers in time.
      await Promise.all([
        sent,
        ...Object.entries(databases).map(([name, ask]) => answers(name, ask)),
      ]);
      measure(log, 'schedule_ran', { outcome, milliseconds });
      await flush();
    }
  };

  async function answers(outcome: string, ask: () => Promise<unknown>): Promise<void> {
    try {
      await within(PATIENCE, ask());
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : undefined;
      measure(log, 'database_away', { outcome, error });
    }
  }
}
