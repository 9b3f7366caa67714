import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Queue } from './ports.ts';

/** Queues the task that does what is due next. Never rejects: the schedule is the safety net. */
export function createSchedule(options: { queue: Queue; log: Log }) {
  const { log } = options;

  return async function schedule(callId: string, until: number | undefined): Promise<void> {
    if (until === undefined) return;
    try {
      await options.queue.enqueue({ call_id: callId, due: until }, until);
    } catch (error) {
      log.error(
        'The next step of a chain of pages could not be queued; the minute schedule runs it.',
        {
          error: asError(error),
        },
      );
    }
  };
}
