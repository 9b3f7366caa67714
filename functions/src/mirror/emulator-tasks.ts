import { getFunctions } from 'firebase-admin/functions';
import type { TaskQueue } from './task-queue.ts';

/** The queue of the local Cloud Tasks emulator, through the SDK that knows its routes. */
export function createEmulatorTaskQueue(region: string): TaskQueue {
  const queue = getFunctions().taskQueue(`locations/${region}/functions/mirror`);
  return { enqueue: (task) => queue.enqueue(task) };
}
