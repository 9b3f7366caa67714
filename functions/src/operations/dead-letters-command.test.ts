import { execFile } from 'node:child_process';
import path from 'node:path';
import { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFirestoreServer } from '../../../emulators/firestore/server.ts';
import { createRealtimeDatabaseServer } from '../../../emulators/realtime-database/server.ts';
import { CALL_ID, CALL_SID, message, STARTED } from '../calls/events.fixture.ts';
import { createLiveDatabase } from '../live-database.ts';
import { createDeadLetters } from '../mirror/dead-letters.ts';
import { live } from '../paths.ts';

const firestoreServer = createFirestoreServer({ port: 0 });
const databaseServer = createRealtimeDatabaseServer({ port: 0 });
beforeAll(() => Promise.all([firestoreServer.start(), databaseServer.start()]));
afterAll(() => Promise.all([firestoreServer.stop(), databaseServer.stop()]));

interface Run {
  code: number;
  out: string;
  notes: string;
}

function command(args: string[], environment: Record<string, string> = {}): Promise<Run> {
  const script = path.join(import.meta.dirname, 'dead-letters-command.ts');
  const { FIRESTORE_EMULATOR_HOST: _, FIREBASE_DATABASE_EMULATOR_HOST: __, ...rest } = process.env;
  const env = { ...rest, METADATA_SERVER_DETECTION: 'none', ...environment };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env }, (error, out, notes) => {
      resolve({ code: error ? Number(error.code) : 0, out, notes });
    });
    child.stdin?.end();
  });
}

it('lists, shows and replays the letters of the suite that the environment names', async () => {
  const project = 'demo-letters';
  const firestore = new Firestore({
    projectId: project,
    host: `127.0.0.1:${firestoreServer.port}`,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  const { record } = createDeadLetters(firestore);
  await record({ events: [STARTED, message(1, 'user', 'fire \u001b[2J')] }, 'contended');
  await record({ events: [{ type: 'nonsense' }] }, 'schema');
  await firestore.terminate();
  const letters = (...args: string[]) =>
    command([...args, '--project', project], {
      FIRESTORE_EMULATOR_HOST: `127.0.0.1:${firestoreServer.port}`,
      FIREBASE_DATABASE_EMULATOR_HOST: `127.0.0.1:${databaseServer.port}`,
    });

  const list = await letters('list');
  expect(list).toMatchObject({
    code: 0,
    notes: expect.stringContaining(`project ${project}, local`),
  });
  const [first, second] = list.out.trimEnd().split('\n');
  expect(first).toMatch(
    new RegExp(`^[0-9a-f]{32}  .*Z  ${CALL_SID}  call_started,message_added  contended$`),
  );
  expect(second).toMatch(/ {2}unknown {2}schema$/);
  expect(list.out).not.toContain('fire');

  const id = first?.slice(0, 32) ?? '';
  const shown = await letters('show', id);
  expect(shown.out).not.toContain('\u001b');
  expect(JSON.parse(shown.out)).toMatchObject({
    id,
    reason: 'contended',
    payload: { events: [{ type: 'call_started' }, { message: { content: 'fire \u001b[2J' } }] },
  });

  const replayed = await letters('replay', 'all');
  expect(replayed.code).toBe(1);
  expect(replayed.out).toContain(`${id}  brought home`);
  expect(replayed.out).toContain('stays: The task does not have its schema.');
  expect(replayed.notes).toContain('1 brought home, 1 stay.');
  const database = createLiveDatabase({
    url: `http://127.0.0.1:${databaseServer.port}/?ns=${project}-default-rtdb`,
    accessToken: async () => 'owner',
  });
  expect((await database.read(live.call(CALL_ID))).value).toMatchObject({ status: 'ACTIVE' });

  expect(await letters('show', id)).toMatchObject({ code: 1, out: '' });
  expect((await letters('list')).out.trimEnd().split('\n')).toHaveLength(1);
});

it.each([
  [['list']],
  [['list', '--project', 'aurora']],
  [['replay', '--project', 'a', '--database-url', 'https://a.example.com']],
  [['replay', '../x', '--project', 'a', '--database-url', 'https://a.example.com']],
  [['burn']],
  [['list', '--nonsense']],
])('says how it is used when it is called as %j', async (args) => {
  const { code, out, notes } = await command(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(notes).toContain('See --help.');
});

it('prints its usage', async () => {
  expect(await command(['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('replay ID | all'),
  });
});
