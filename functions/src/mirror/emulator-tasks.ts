import { AuroraError } from '../errors.ts';
import type { TaskQueue } from './task-queue.ts';

export interface EmulatorTasksOptions {
  /** `127.0.0.1:9499` */
  host: string;
  projectId: string;
  region: string;
  /** Milliseconds after which the request is aborted. */
  deadline: number;
}

/**
 * The queue of the local Cloud Tasks emulator, which speaks a smaller REST dialect than Cloud Tasks:
 * no version in the path, no authentication, and an empty url for the queue's own function.
 */
export function createEmulatorTaskQueue(options: EmulatorTasksOptions): TaskQueue {
  const { host, projectId, region, deadline } = options;
  const url = `http://${host}/projects/${projectId}/locations/${region}/queues/mirror/tasks`;
  return {
    async enqueue(task) {
      const body = Buffer.from(JSON.stringify({ data: task })).toString('base64');
      // In this very spelling: the emulator adds its own, and two of them are refused.
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ task: { httpRequest: { url: '', headers, body } } }),
        signal: AbortSignal.timeout(deadline),
      });
      await response.body?.cancel();
      if (response.ok) return;
      throw new AuroraError(503, 'queue_refused', `The task emulator answered ${response.status}.`);
    },
  };
}
