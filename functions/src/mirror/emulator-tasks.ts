import { z } from 'zod';
import { AuroraError } from '../errors.ts';
import type { TaskQueue } from './task-queue.ts';

export interface EmulatorTasksOptions {
  /** `127.0.0.1:9499` */
  host: string;
  projectId: string;
  region: string;
  /** The queue, and the function that its tasks are for. */
  name: string;
  /** Milliseconds after which the request is aborted. */
  deadline: number;
}

/**
 * The queue of the local Cloud Tasks emulator, which speaks a smaller REST dialect than Cloud Tasks:
 * no version in the path, no authentication, and an empty url for the queue's own function. It takes schedule times and does not keep to them.
 */
export function createEmulatorTaskQueue<Task>(options: EmulatorTasksOptions): TaskQueue<Task> {
  const { host, projectId, region, name, deadline } = options;
  const url = `http://${host}/projects/${projectId}/locations/${region}/queues/${name}/tasks`;
  return {
    async enqueue(task, at) {
      const body = Buffer.from(JSON.stringify({ data: task })).toString('base64');
      // In this very spelling: the emulator adds its own, and two of them are refused.
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify({
          task: {
            ...(at === undefined ? {} : { scheduleTime: new Date(at).toISOString() }),
            httpRequest: { url: '', headers, body },
          },
        }),
        signal: AbortSignal.timeout(deadline),
      });
      await response.body?.cancel();
      if (response.ok) return;
      throw new AuroraError(503, 'queue_refused', `The task emulator answered ${response.status}.`);
    },
  };
}

const Statistics = z.record(z.string(), z.object({ numberOfTasks: z.number().int() }));

/** Tasks that wait in a queue of the emulator. Rejects where it does not answer within a second. */
export async function emulatorQueueDepth(host: string, name: string): Promise<number> {
  const response = await fetch(`http://${host}/queueStats`, { signal: AbortSignal.timeout(1_000) });
  const queues = Object.entries(Statistics.parse(await response.json()));
  return queues
    .filter(([key]) => key.endsWith(`-${name}`))
    .reduce((sum, [, { numberOfTasks }]) => sum + numberOfTasks, 0);
}
