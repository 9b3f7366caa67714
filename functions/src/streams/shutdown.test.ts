import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFirestoreServer } from '../../../emulators/firestore/server.ts';
import { createRealtimeDatabaseServer } from '../../../emulators/realtime-database/server.ts';
import { createTokens } from '../access/tokens.ts';
import { createLiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { openStream } from './sse-client.fixture.ts';

const SECRET = 'a-secret-of-the-tests-with-forty-characters';
const realtimeDatabase = createRealtimeDatabaseServer({ port: 0 });
const firestore = createFirestoreServer({ port: 0 });
let instance: ChildProcess | undefined;

beforeAll(() => Promise.all([realtimeDatabase.start(), firestore.start()]));
afterAll(async () => {
  instance?.kill('SIGKILL');
  await Promise.all([realtimeDatabase.stop(), firestore.stop()]);
});

it('an instance that is ended tells its clients to come back, and leaves no stream counted', async () => {
  const databaseURL = `http://127.0.0.1:${realtimeDatabase.port}/?ns=demo-aurora`;
  const database = createLiveDatabase({ url: databaseURL, accessToken: async () => 'owner' });
  await database.create(live.adminState('asha'), {
    role: 'viewer',
    company_id: 'demo',
    totp: true,
  });
  instance = fork(join(import.meta.dirname, 'shutdown.fixture.ts'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      PATH: process.env.PATH,
      METADATA_SERVER_DETECTION: 'none',
      FIREBASE_CONFIG: JSON.stringify({ projectId: 'demo-aurora', databaseURL }),
      GCLOUD_PROJECT: 'demo-aurora',
      FIRESTORE_EMULATOR_HOST: `127.0.0.1:${firestore.port}`,
      DATABASE_ACCESS_TOKEN: 'owner',
      PUBLIC_BASE_URL: 'http://127.0.0.1:5000',
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      JWT_SECRET: SECRET,
    },
  });
  const [port] = await once(instance, 'message');
  const tokens = createTokens({ secrets: [SECRET], clock: { now: () => Date.now() } });
  const authorization = `Bearer ${tokens.issue({ id: 'asha' }).token}`;
  const open = () => openStream(`http://127.0.0.1:${port}/calls/stream`, { authorization });
  let client = await open();
  // A machine that is busy may take longer to connect for the first time than is waited.
  await expect
    .poll(async () => {
      if (client.status === 503) client = await open();
      return client.status;
    })
    .toBe(200);
  expect((await client.next()).event).toBe('initial');
  const ended = once(instance, 'exit');
  instance.kill('SIGTERM');
  expect(await client.next()).toMatchObject({ event: 'error', data: { code: 'reconnect' } });
  expect(await client.ended).toBe(false);
  expect(await ended).toEqual([0, null]);
  await expect.poll(async () => (await database.read('stream_slots')).value).toBeNull();
});
