import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, expect, it } from 'vitest';

const PUBLIC = 'http://127.0.0.1:5000';
const TOKEN = 'local-token';
const form = {
  AccountSid: `AC${'0'.repeat(32)}`,
  CallSid: 'CA0123456789abcdef0123456789abcdef',
  From: '+15550100001',
  To: '+15550100002',
  CallStatus: 'ringing',
};

let instance: ChildProcess | undefined;
let directory: string;

afterEach(async () => {
  instance?.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

/** Cloud Tasks and the Realtime Database at one port, away until it is called. */
async function surroundings() {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    request.resume().on('end', () => response.end('null'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return {
    port,
    paths,
    comeBack: () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve)),
    stop: () => server.close(),
  };
}

async function startInstance(port: number): Promise<number> {
  instance = fork(join(import.meta.dirname, 'shutdown.fixture.ts'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      PATH: process.env.PATH,
      METADATA_SERVER_DETECTION: 'none',
      FIREBASE_CONFIG: JSON.stringify({
        projectId: 'demo-aurora',
        databaseURL: `http://127.0.0.1:${port}/?ns=demo-aurora`,
      }),
      GCLOUD_PROJECT: 'demo-aurora',
      FIRESTORE_EMULATOR_HOST: `127.0.0.1:${port}`,
      CLOUD_TASKS_EMULATOR_HOST: `127.0.0.1:${port}`,
      TASK_QUEUE: 'emulator',
      DATABASE_ACCESS_TOKEN: 'owner',
      PUBLIC_BASE_URL: PUBLIC,
      TWILIO_ACCOUNT_SID: form.AccountSid,
      TWILIO_AUTH_TOKEN: TOKEN,
      JOURNAL_DIR: directory,
    },
  });
  const [own] = await once(instance, 'message');
  return own as number;
}

it('an instance that is ended sends what only it holds, in the grace that it is given (I2)', async () => {
  directory = await mkdtemp(join(tmpdir(), 'aurora-shutdown-'));
  const away = await surroundings();
  const port = await startInstance(away.port);
  const answer = await fetch(`http://127.0.0.1:${port}/start-call`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': webhooks.getExpectedTwilioSignature(
        TOKEN,
        `${PUBLIC}/start-call`,
        form,
      ),
    },
    body: new URLSearchParams(form).toString(),
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<Gather');
  expect(away.paths).toEqual([]);
  await away.comeBack();
  const ended = once(instance as ChildProcess, 'exit');
  instance?.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  // What a dead process has sent may still lie in this one's sockets.
  await expect
    .poll(() => away.paths)
    .toContain('/projects/demo-aurora/locations/us-central1/queues/mirror/tasks');
  away.stop();
});
