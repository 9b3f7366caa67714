import type { CloudTasksClient } from '@google-cloud/tasks';
import type { TaskQueue } from './task-queue.ts';

export interface CloudTasksOptions {
  client: CloudTasksClient;
  projectId: string;
  region: string;
  /** The queue, and the function that its tasks are for. */
  name: string;
  /** Default: the account that the client runs as. */
  serviceAccount?: string | undefined;
  /** Milliseconds after which the call is given up. */
  deadline: number;
}

/**
 * One unnamed task per batch: names cost a look-up and are not needed, since a batch that is
 * delivered twice changes nothing.
 * https://docs.cloud.google.com/tasks/docs/creating-http-target-tasks
 */
export function createCloudTaskQueue<Task>(options: CloudTasksOptions): TaskQueue<Task> {
  const { client, projectId, region, name, deadline } = options;
  const parent = client.queuePath(projectId, region, name);
  const url = `https://${region}-${projectId}.cloudfunctions.net/${name}`;
  let account: Promise<string> | undefined;

  async function findAccount(): Promise<string> {
    if (options.serviceAccount) return options.serviceAccount;
    const { client_email } = await client.auth.getCredentials();
    if (!client_email) throw new Error('Set TASKS_SERVICE_ACCOUNT: no account was found.');
    return client_email;
  }

  function serviceAccount(): Promise<string> {
    account ??= findAccount().catch((error: unknown) => {
      account = undefined;
      throw error;
    });
    return account;
  }

  return {
    async enqueue(task, at) {
      await client.createTask(
        {
          parent,
          task: {
            ...(at === undefined ? {} : { scheduleTime: timestampOf(at) }),
            httpRequest: {
              url,
              httpMethod: 'POST',
              headers: { 'content-type': 'application/json' },
              body: Buffer.from(JSON.stringify({ data: task })).toString('base64'),
              oidcToken: { serviceAccountEmail: await serviceAccount(), audience: url },
            },
          },
        },
        { timeout: deadline },
      );
    },
  };
}

function timestampOf(epochMs: number) {
  return { seconds: Math.floor(epochMs / 1_000), nanos: (epochMs % 1_000) * 1_000_000 };
}
