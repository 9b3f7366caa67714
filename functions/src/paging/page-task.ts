import { z } from 'zod';
import { CALL_ID } from '../calls/ids.ts';
import { CallEvent } from '../calls/model.ts';
import { asError, isRetryable } from '../errors.ts';
import type { Log } from '../log.ts';
import { WHY } from './chain.ts';
import type { Pager } from './pager.ts';
import type { Queue } from './ports.ts';
import type { Wish } from './wish.ts';

const Started = CallEvent.options[0];

/** What a task of the queue `page` carries. */
export const PageTask = z.object({
  call_id: z.string().regex(CALL_ID),
  /** For which due time it was queued; another one has a task of its own. */
  due: z.number().int().min(0).optional(),
  /** Present on the first task of a chain: the guarantee that it is raised. */
  raise: z
    .object({
      why: z.enum(WHY),
      at: z.number().int().min(0),
      calm: z.boolean().optional(),
      started: Started,
    })
    .optional(),
});
export type PageTask = z.infer<typeof PageTask>;

/** Milliseconds that a task which came early waits at most before it is queued again. */
const PAUSE = 2_000;

/**
 * Runs one task. Throws where a repetition helps. A task that came early, because its queue ignores
 * schedule times or somebody else is at it, queues itself again after a pause.
 */
export function createPageTask(options: {
  pager: Pick<Pager, 'raise' | 'runDue'>;
  queue: Queue;
  sleep: (milliseconds: number) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}) {
  const { pager, queue, sleep, now, log } = options;

  return async function handle(data: unknown): Promise<void> {
    const { data: task } = PageTask.safeParse(data);
    if (!task) {
      log.alert('A task of the pages does not have its schema; the minute schedule does its work.');
      return;
    }
    try {
      await run(task);
    } catch (thrown) {
      const error = asError(thrown);
      if (isRetryable(thrown)) {
        log.warn('What is due of a chain of pages could not be done yet; it will be tried again.', {
          error,
        });
        throw error;
      }
      log.alert('A chain of pages cannot be run as it is.', { error });
    }
  };

  async function run({ call_id: callId, due, raise }: PageTask): Promise<void> {
    // Who opened the chain has queued its next step.
    if (raise && (await pager.raise(wishOf(callId, raise))) === 'opened') return;
    const { stages, until, claimed } = await pager.runDue(callId);
    // A chain that has moved on has a task of its own for its next step.
    const movedOn = due !== undefined && due <= now() && !claimed;
    if (until === undefined || stages > 0 || movedOn) return;
    await sleep(Math.min(PAUSE, Math.max(0, until - now())));
    await queue.enqueue({ call_id: callId, due: until }, until);
  }

  function wishOf(
    callId: string,
    { started, calm, ...raise }: NonNullable<PageTask['raise']>,
  ): Wish {
    const how = calm === undefined ? {} : { calm };
    return { callId, ...raise, ...how, started: started as NonNullable<Wish['started']> };
  }
}
