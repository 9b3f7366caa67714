import { z } from 'zod';
import { CallEvent } from '../calls/model.ts';

/** What a task carries: events of one call, complete in themselves. */
export const MirrorTask = z.object({ events: z.array(CallEvent).min(1).max(100) });
export type MirrorTask = z.infer<typeof MirrorTask>;

/** Where the words become durable. Rejects when the queue did not confirm the task. */
export interface TaskQueue {
  enqueue(task: MirrorTask): Promise<void>;
}
