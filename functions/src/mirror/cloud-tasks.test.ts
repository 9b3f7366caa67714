import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudTasksClient } from '@google-cloud/tasks';
import { credentials, Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STARTED } from '../calls/events.fixture.ts';
import { createCloudTaskQueue } from './cloud-tasks.ts';

/** Cloud Tasks' CreateTask on its own protocol: real protos, real gRPC. */
const library = dirname(fileURLToPath(import.meta.resolve('@google-cloud/tasks')));
const protos = JSON.parse(readFileSync(join(library, '../../protos/protos.json'), 'utf8'));
const service = fromJSON(protos)['google.cloud.tasks.v2.CloudTasks'] as ServiceDefinition;

interface CreateTask {
  parent: string;
  task: {
    scheduleTime: { seconds: string | number; nanos: number } | null;
    httpRequest: {
      url: string;
      httpMethod: number | string;
      headers: Record<string, string>;
      body: Buffer;
      oidcToken: { serviceAccountEmail: string; audience: string };
    };
  };
}

const received: CreateTask[] = [];
let silent = false;
const server = new Server();
let client: CloudTasksClient;

beforeAll(async () => {
  server.addService(service, {
    createTask: (call: { request: CreateTask }, reply: (error: null, task: object) => void) => {
      received.push(call.request);
      if (!silent) reply(null, { name: `${call.request.parent}/tasks/1` });
    },
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  client = new CloudTasksClient({
    apiEndpoint: '127.0.0.1',
    port,
    sslCreds: credentials.createInsecure(),
    projectId: 'p',
  });
});

afterAll(async () => {
  await client.close();
  server.forceShutdown();
});

const queue = (deadline = 5_000, name = 'mirror') =>
  createCloudTaskQueue<object>({
    client,
    projectId: 'p',
    region: 'asia-southeast1',
    name,
    serviceAccount: 'tasks@p.iam.gserviceaccount.com',
    deadline,
  });

describe('the Cloud Tasks queue', () => {
  it('creates a task that carries the events to the mirror, signed for it', async () => {
    await queue().enqueue({ events: [STARTED] });
    const created = received.at(-1);
    expect(created?.parent).toBe('projects/p/locations/asia-southeast1/queues/mirror');
    const request = created?.task.httpRequest;
    expect(request?.url).toBe('https://asia-southeast1-p.cloudfunctions.net/mirror');
    expect(request?.headers).toEqual({ 'content-type': 'application/json' });
    expect(JSON.parse(String(request?.body))).toEqual({ data: { events: [STARTED] } });
    expect(request?.oidcToken).toEqual({
      serviceAccountEmail: 'tasks@p.iam.gserviceaccount.com',
      audience: request?.url,
    });
  });

  it('creates a task of another queue that is not run before its time', async () => {
    await queue(5_000, 'page').enqueue({ call_id: 'call_1' }, 1_759_568_400_250);
    const created = received.at(-1);
    expect(created?.parent).toBe('projects/p/locations/asia-southeast1/queues/page');
    expect(created?.task.httpRequest.url).toBe('https://asia-southeast1-p.cloudfunctions.net/page');
    const { seconds, nanos } = created?.task.scheduleTime ?? {};
    expect([Number(seconds), nanos]).toEqual([1_759_568_400, 250_000_000]);
  });

  it('rejects when the queue does not confirm in time, so that the words are written directly (I2)', async () => {
    silent = true;
    await expect(queue(50).enqueue({ events: [STARTED] })).rejects.toMatchObject({ code: 4 });
    silent = false;
  });
});
