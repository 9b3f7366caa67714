import { describe, expect, it } from 'vitest';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { OTHERS_NUMBER, report, useTexts } from '../webhooks/text/text.fixture.ts';
import { createOldTextTurns } from './old-text-turns.ts';
import { recordingLog } from './upkeep.fixture.ts';

const setUpTexts = useTexts();
const DAY = 24 * 60 * 60_000;

async function setUp(wrap: (database: LiveDatabase) => LiveDatabase = (database) => database) {
  const texts = await setUpTexts();
  const { log, lines } = recordingLog();
  const remove = createOldTextTurns({
    database: wrap(texts.database),
    keep: 2 * DAY,
    now: () => texts.clock.now,
    log,
  });
  const kept = async (companyId: string) =>
    (await texts.database.keys(live.textTurnsOf(companyId))).length;
  return { ...texts, remove, kept, logged: lines };
}

describe('claims of text turns', () => {
  it('are removed after two days, in every company, and no sooner', async () => {
    const { instance, remove, kept, clock } = await setUp();
    const { take } = instance();
    await take(report());
    await take(report({ companyId: 'other', phoneNumber: OTHERS_NUMBER }));
    clock.now += DAY;
    await take(report({ idempotencyKey: 'key-2' }));
    clock.now += DAY - 1;
    expect(await remove()).toBe(0);
    clock.now += 1;
    expect(await remove()).toBe(2);
    expect([await kept('demo'), await kept('other')]).toEqual([1, 0]);
  });

  it('that have no schema are removed too', async () => {
    const { remove, database, kept } = await setUp();
    await database.create(live.textReply('demo', 'x'), { reply: 'lost' });
    expect(await remove()).toBe(1);
    expect(await kept('demo')).toBe(0);
  });

  it('that can’t be removed are left to the next run', async () => {
    const { instance, remove, clock, kept, logged } = await setUp((database) => ({
      ...database,
      compareAndSet: () => Promise.reject(new AuroraError(503, 'database_away', 'Away.')),
    }));
    await instance().take(report());
    clock.now += 2 * DAY;
    expect(await remove()).toBe(0);
    expect(await kept('demo')).toBe(1);
    expect(logged).toMatchObject([{ severity: 'error', fields: { count: 1 } }]);
  });
});
