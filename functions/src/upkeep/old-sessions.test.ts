import { expect, it } from 'vitest';
import { createLoginTries } from '../access/login-tries.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { createOldSessions } from './old-sessions.ts';
import { recordingLog } from './upkeep.fixture.ts';

const realtimeDatabase = useRealtimeDatabase();
const START = Date.parse('2025-10-04T09:30:00Z');
const HOUR = 60 * 60 * 1_000;

function setUp(wrap: (database: LiveDatabase) => LiveDatabase = (database) => database) {
  const database = realtimeDatabase.emptyDatabase();
  const { log, lines } = recordingLog();
  let time = START;
  const now = () => time;
  const remove = createOldSessions({ database: wrap(database), now, log });
  const tries = createLoginTries({ database, now, log });
  const fail = async (account: string) =>
    (await tries.count({ ip: '203.0.113.7', account })).failed();
  const read = async (path: string) => (await database.read(path)).value;
  const wait = (milliseconds: number) => {
    time += milliseconds;
  };
  return { database, remove, fail, read, wait, lines };
}

it('removes failed sign-ins after a day, and no sooner', async () => {
  const { fail, remove, read, wait } = setUp();
  await fail('asha@steel.example');
  wait(24 * HOUR - 1);
  expect(await remove()).toBe(0);
  wait(1);
  expect(await remove()).toBe(3);
  expect(await read('')).toBeNull();
});

it('keeps those of an account that fails again and again', async () => {
  const { fail, remove, database, wait } = setUp();
  await fail('asha@steel.example');
  wait(23 * HOUR);
  await fail('asha@steel.example');
  wait(HOUR);
  // How many addresses have tried the account: nobody new did.
  expect(await remove()).toBe(1);
  expect(await database.keys(live.loginTries)).toHaveLength(2);
});

it('removes revoked tokens when they have expired by themselves, and no sooner', async () => {
  const { database, remove, read, wait } = setUp();
  await database.create(live.revokedToken('a'), { expires_at: START + HOUR });
  wait(HOUR - 1);
  expect(await remove()).toBe(0);
  wait(1);
  expect(await remove()).toBe(1);
  expect(await read('')).toBeNull();
});

it('removes tries that have no schema, and lets no token come back that has none', async () => {
  const { database, remove, read } = setUp();
  await database.create(live.loginTry('a'), 'nonsense');
  await database.create(live.revokedToken('b'), true);
  expect(await remove()).toBe(1);
  expect(await read('')).toEqual({ [live.revokedTokens]: { b: true } });
});

it('leaves to the next run what can’t be removed, and says so once', async () => {
  const { fail, remove, wait, database, lines } = setUp((database) => ({
    ...database,
    compareAndSet: () => Promise.reject(new Error('away')),
  }));
  await fail('asha@steel.example');
  wait(24 * HOUR);
  expect(await remove()).toBe(0);
  expect(await database.keys(live.loginTries)).toHaveLength(3);
  expect(lines).toMatchObject([{ severity: 'error', fields: { count: 3 } }]);
});
