import type { LostTask } from './lost-callers/lost-task.ts';
import type { MirrorTask, ProbeTask, TaskQueue } from './mirror/task-queue.ts';
import type { PageTask } from './paging/page-task.ts';
import { config, lazy } from './parts.ts';

/** The queues, each with the function of its name behind it: what is durable, and what is due later. */

/** Milliseconds after which Cloud Tasks' client gives a call up; no turn waits longer. */
const DEADLINE = 1_500;

/** One client, and one warm channel, for all queues. */
const client = lazy(async () => {
  const { CloudTasksClient } = await import('@google-cloud/tasks');
  return new CloudTasksClient();
});

async function queueOf<Task>(name: string): Promise<TaskQueue<Task>> {
  const { AURORA_REGION: region, TASKS_SERVICE_ACCOUNT: serviceAccount, projectId } = config();
  const common = { projectId, region, name, deadline: DEADLINE };
  if (config().TASK_QUEUE === 'emulator') {
    const { createEmulatorTaskQueue } = await import('./mirror/emulator-tasks.ts');
    return createEmulatorTaskQueue({ ...common, host: config().CLOUD_TASKS_EMULATOR_HOST });
  }
  const { createCloudTaskQueue } = await import('./mirror/cloud-tasks.ts');
  return createCloudTaskQueue({ ...common, client: await client(), serviceAccount });
}

/** Carries what was said to the Realtime Database, and each minute a probe that measures the way. */
export const mirrorQueue = lazy(() => queueOf<MirrorTask | ProbeTask>('mirror'));

/** Tasks that wait to be mirrored; undefined where only Cloud Monitoring knows it. */
export async function mirrorQueueDepth(): Promise<number | undefined> {
  if (config().TASK_QUEUE !== 'emulator') return undefined;
  const { emulatorQueueDepth } = await import('./mirror/emulator-tasks.ts');
  return emulatorQueueDepth(config().CLOUD_TASKS_EMULATOR_HOST, 'mirror');
}

/** Runs the next step of a chain of pages, or for a lost caller. */
export const pageQueue = lazy(() => queueOf<PageTask | LostTask>('page'));
