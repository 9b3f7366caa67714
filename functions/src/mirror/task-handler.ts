import type { CallEvent } from '../calls/model.ts';
import { asError, isRetryable } from '../errors.ts';
import type { Log } from '../log.ts';
import type { DeadLetters } from './dead-letters.ts';
import { MirrorTask } from './task-queue.ts';

export interface TaskHandlerOptions {
  apply: (events: CallEvent[]) => Promise<void>;
  /** Finds who the caller is, once their words are safe. Never rejects. */
  identify: (events: CallEvent[]) => Promise<void>;
  deadLetters: () => Promise<DeadLetters>;
  log: Log;
}

/**
 * Runs one task. Throws where a repetition helps, since every answer but a success is repeated by
 * Cloud Tasks; what no repetition mends is recorded with its events and then counts as done.
 */
export function createTaskHandler({ apply, identify, deadLetters, log }: TaskHandlerOptions) {
  return async function handle(data: unknown): Promise<void> {
    const task = MirrorTask.safeParse(data);
    if (!task.success) return bury(data, 'The task does not have its schema.');
    try {
      await apply(task.data.events);
    } catch (thrown) {
      const error = asError(thrown);
      if (isRetryable(thrown)) {
        log.warn('A task could not be mirrored yet; it will be tried again.', { error });
        throw error;
      }
      return bury(data, (error as { code?: string }).code ?? error.name);
    }
    await identify(task.data.events);
  };

  async function bury(data: unknown, reason: string): Promise<void> {
    log.alert('A task was put among the dead letters.', { reason });
    await (await deadLetters()).record(data, reason);
  }
}
