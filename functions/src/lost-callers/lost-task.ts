import { z } from 'zod';
import { CALL_ID } from '../calls/ids.ts';

/** What a task carries that looks after a lost caller; `due` is when it was to be run. */
export const LostTask = z.object({
  lost: z.string().regex(CALL_ID),
  due: z.number().int().min(0),
});
export type LostTask = z.infer<typeof LostTask>;

/** Milliseconds that a task which came early waits at most before it is queued again. */
const PAUSE = 2_000;

/**
 * Runs one task; rejects where a repetition helps. One that came early, because its queue ignores the
 * time, queues itself again after a pause.
 */
export function createLostTask(options: {
  runDue: (callId: string) => Promise<unknown>;
  /** Queues the task again. Never rejects. */
  wake: (callId: string, at: number) => Promise<void>;
  sleep: (milliseconds: number) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
}) {
  const { runDue, wake, sleep, now } = options;

  return async function handle({ lost, due }: LostTask): Promise<void> {
    const early = due - now();
    if (early <= 0) {
      await runDue(lost);
      return;
    }
    await sleep(Math.min(PAUSE, early));
    await wake(lost, due);
  };
}
