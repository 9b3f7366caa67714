import { z } from 'zod';
import { CallEvent } from '../calls/model.ts';

/** What a task carries: events of one call, complete in themselves. */
export const MirrorTask = z.object({ events: z.array(CallEvent).min(1).max(100) });
export type MirrorTask = z.infer<typeof MirrorTask>;

/** What a task carries that only measures the way: when it was sent. */
export const ProbeTask = z.strictObject({ probe: z.iso.datetime() });
export type ProbeTask = z.infer<typeof ProbeTask>;

/** Where the words become durable. */
export interface TaskQueue<Task = MirrorTask> {
  /**
   * Rejects when the queue did not confirm the task. It is run at once, or not before `at` (epoch
   * milliseconds): perhaps minutes late, and where the queue ignores the time, early.
   */
  enqueue(task: Task, at?: number): Promise<void>;
}
