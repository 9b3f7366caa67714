import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createLoginTries, networkOf } from './login-tries.ts';

const realtimeDatabase = useRealtimeDatabase();
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse('2025-10-04T09:30:00Z');

const HOME = '203.0.113.7';
const ELSEWHERE = '198.51.100.9';
const ASHA = 'asha@steel.example';

function setUp(database = realtimeDatabase.emptyDatabase()) {
  let time = START;
  const { log, lines } = recordingLog();
  const tries = createLoginTries({ database, now: () => time, log });
  const wait = (milliseconds: number) => {
    time += milliseconds;
  };
  const fail = async (ip = HOME, account: string | undefined = ASHA, adminId?: string) =>
    (await tries.count({ ip, ...(account !== undefined && { account }) })).failed(adminId);
  /** Seconds to wait, 0 where the try is let through. */
  const refused = async (ip = HOME, account = ASHA): Promise<number> => {
    try {
      await fail(ip, account);
      return 0;
    } catch (error) {
      expect(error).toMatchObject({ status: 429, code: 'too_many_tries' });
      return (error as { retryAfterInSeconds: number }).retryAfterInSeconds;
    }
  };
  return { tries, wait, fail, refused, lines, database };
}

describe('tries to sign in', () => {
  it('are free at first, then wait twice as long each time, a quarter of an hour at most', async () => {
    const { refused, wait } = setUp();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 18; attempt++) {
      let waited = 0;
      for (let next = await refused(); next > 0; next = await refused()) {
        waited += next;
        wait(next * SECOND);
      }
      waits.push(waited);
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it('that are refused don’t make the wait longer', async () => {
    const { refused, fail } = setUp();
    for (let attempt = 0; attempt < 5; attempt++) await fail();
    for (let attempt = 0; attempt < 50; attempt++) expect(await refused()).toBe(1);
    expect(await refused(HOME, 'omar@steel.example')).toBe(0);
  });

  it('from one address never keep anybody out who comes from another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 20 * 60 }), { minLength: 1, maxLength: 25 }),
        async (pauses) => {
          const { refused, wait } = setUp();
          for (const pause of pauses) {
            await refused(ELSEWHERE);
            wait(pause * SECOND);
          }
          expect(await refused(HOME)).toBe(0);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('for many accounts from one address wait too', async () => {
    const { refused, fail } = setUp();
    for (let n = 0; n < 30; n++) await fail(HOME, `somebody-${n}@steel.example`);
    expect(await refused(HOME, 'nobody-yet@steel.example')).toBe(1);
    expect(await refused(ELSEWHERE, 'nobody-yet@steel.example')).toBe(0);
  });

  it('that the address has to wait for are not counted for the account', async () => {
    const { refused, fail, wait } = setUp();
    for (let n = 0; n < 30; n++) await fail(HOME, `somebody-${n}@steel.example`);
    for (let n = 0; n < 10; n++) await refused();
    wait(SECOND);
    expect(await refused()).toBe(0);
  });

  it('are forgotten after a day', async () => {
    const { refused, fail, wait } = setUp();
    for (let n = 0; n < 5; n++) await fail();
    expect(await refused()).toBe(1);
    wait(DAY);
    for (let n = 0; n < 5; n++) await fail();
    expect(await refused()).toBe(1);
  });

  it('are forgotten on success', async () => {
    const { tries, fail, refused } = setUp();
    for (let n = 0; n < 4; n++) await fail();
    await (await tries.count({ ip: HOME, account: ASHA })).succeeded();
    for (let n = 0; n < 5; n++) await fail();
    expect(await refused()).toBe(1);
  });

  it('that succeed don’t use up the address, however many people share it', async () => {
    const { tries, refused } = setUp();
    for (let n = 0; n < 60; n++) {
      await (await tries.count({ ip: HOME, account: `somebody-${n}@steel.example` })).succeeded();
    }
    expect(await refused()).toBe(0);
  });

  it('that succeed don’t free an address that failed', async () => {
    const { tries, fail, refused } = setUp();
    for (let n = 0; n < 29; n++) await fail(HOME, `somebody-${n}@steel.example`);
    await (await tries.count({ ip: HOME, account: 'mine@steel.example' })).succeeded();
    await fail();
    expect(await refused(HOME, 'other@steel.example')).toBe(1);
  });

  it('at once, on several instances, don’t all slip through', async () => {
    const database = realtimeDatabase.emptyDatabase();
    const instances = [setUp(database), setUp(database), setUp(database)];
    const waits = await Promise.all(
      Array.from({ length: 60 }, (_, n) => instances[n % 3]?.refused()),
    );
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(5);
  });

  it('of one account from many addresses raise an alert, and another when they double', async () => {
    const { fail, lines } = setUp();
    for (let n = 0; n < 25; n++) {
      await fail(`198.51.100.${n}`, ASHA, 'admin_1');
      await fail(`198.51.100.${n}`, ASHA, 'admin_1');
    }
    expect(lines).toMatchObject([
      { severity: 'alert', fields: { count: 10, reason: 'admin_1' } },
      { severity: 'alert', fields: { count: 20, reason: 'admin_1' } },
    ]);
    expect(JSON.stringify(lines)).not.toContain('@');
  });

  it('leave neither address in the database', async () => {
    const { fail, database } = setUp();
    await fail(HOME, ASHA, 'admin_1');
    const { value } = await database.read('');
    expect(JSON.stringify(value)).not.toMatch(/asha|203|admin_1/);
  });

  it('overwrite what is malformed', async () => {
    const { fail, database, refused } = setUp();
    await fail();
    const [key] = await database.keys('login_tries');
    const { etag } = await database.read(`login_tries/${key}`);
    await database.compareAndSet(`login_tries/${key}`, etag, 'nonsense');
    expect(await refused()).toBe(0);
  });
});

describe('one address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
    ['unknown', 'unknown'],
  ])('of %j is %j', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});
