import type { CallEvent } from '../calls/model.ts';

/** What a task carries: events of one call, complete in themselves. */
export interface MirrorTask {
  events: CallEvent[];
}

/** Where the words become durable. Rejects when the queue did not confirm the task. */
export interface TaskQueue {
  enqueue(task: MirrorTask): Promise<void>;
}
