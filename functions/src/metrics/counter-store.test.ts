import { describe, expect, it } from 'vitest';
import { AuroraError } from '../errors.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createCounterFlush, readCounts } from './counter-store.ts';
import { createCounters } from './counters.ts';

const realtimeDatabase = useRealtimeDatabase();
const NOON = Date.parse('2026-11-27T12:10:00Z');
const MINUTE = 60_000;

function world() {
  const database = realtimeDatabase.emptyDatabase();
  const clock = { at: NOON };
  const now = () => clock.at;
  /** A process that counts; `reach` says what becomes of a write. */
  function process(instance: string, reach: (database: LiveDatabase) => LiveDatabase = (d) => d) {
    const counters = createCounters({ now });
    const { log, lines } = recordingLog();
    const { flush } = createCounterFlush({
      database: reach(database),
      counters,
      instance,
      every: 0,
      now,
      log,
    });
    return { count: counters.count, flush, lines };
  }
  const all = () => readCounts(database, NOON - 60 * MINUTE, clock.at);
  return { database, clock, process, all };
}

const away = new AuroraError(503, 'database_away', 'Away.');

describe('what processes have counted', () => {
  it('is the sum of all, by minute, also over a full hour', async () => {
    const { clock, process, all } = world();
    const [a, b] = [process('ia'), process('ib')];
    a.count({ metric: 'dead_letter' });
    b.count({ metric: 'dead_letter' });
    await Promise.all([a.flush(), b.flush()]);
    a.count({ metric: 'dead_letter' });
    for (let minute = 1; minute < 60; minute++) {
      clock.at += MINUTE;
      a.count({ metric: 'probe_arrived', milliseconds: minute });
      await a.flush();
    }
    const counts = await all();
    expect(counts.size).toBe(60);
    expect(counts.get(NOON)).toEqual({ dead_letter: { count: 3 } });
    expect(counts.get(NOON + 59 * MINUTE)?.probe_arrived).toMatchObject({ count: 1, longest: 59 });
  });

  it('is read from the given minutes alone', async () => {
    const { database, clock, process } = world();
    const { count, flush } = process('ia');
    count({ metric: 'dead_letter' });
    clock.at += 5 * MINUTE;
    count({ metric: 'dead_letter' });
    await flush();
    const counts = await readCounts(database, NOON + MINUTE, clock.at);
    expect([...counts.keys()]).toEqual([NOON + 5 * MINUTE]);
  });

  it('is not lost while the database is away, and written when it is back', async () => {
    const outage = { isOn: true };
    const { process, all } = world();
    const { count, flush, lines } = process('ia', (database) => ({
      ...database,
      create: (path, value) => (outage.isOn ? Promise.reject(away) : database.create(path, value)),
    }));
    count({ metric: 'task_failed', outcome: 'failed' });
    await flush();
    expect((await all()).size).toBe(0);
    expect(lines).toHaveLength(1);
    outage.isOn = false;
    await flush();
    expect((await all()).get(NOON)).toEqual({ 'task_failed:failed': { count: 1 } });
  });

  it('is not doubled by a write of which nobody heard that it was done', async () => {
    const { process, all } = world();
    const deaf = { isOn: true };
    const { count, flush } = process('ia', (database) => ({
      ...database,
      create: async (path, value) => {
        const outcome = await database.create(path, value);
        if (deaf.isOn) throw away;
        return outcome;
      },
    }));
    count({ metric: 'task_applied', outcome: 'in_time' });
    await flush();
    await flush();
    deaf.isOn = false;
    count({ metric: 'task_applied', outcome: 'in_time' });
    await flush();
    expect((await all()).get(NOON)).toEqual({ 'task_applied:in_time': { count: 2 } });
  });

  it('is written by one write at a time, for all who wait', async () => {
    const { process, all } = world();
    const under = { way: 0, most: 0, writes: 0 };
    const { count, flush } = process('ia', (database) => ({
      ...database,
      create: async (path, value) => {
        under.writes++;
        under.most = Math.max(under.most, ++under.way);
        const outcome = await database.create(path, value);
        under.way--;
        return outcome;
      },
    }));
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        count({ metric: 'dead_letter' });
        await flush();
      }),
    );
    expect((await all()).get(NOON)).toEqual({ dead_letter: { count: 20 } });
    expect(under).toMatchObject({ way: 0, most: 1 });
    expect(under.writes).toBeLessThan(20);
  });

  it('is as much as can be understood', async () => {
    const { database, all } = world();
    await database.create('operations/2026112712', { m10: { ia: { dead_letter: 'many' } } });
    expect((await all()).size).toBe(0);
  });
});

describe('a process that answers people', () => {
  it('writes seldom, and at once when it ends', async () => {
    const { database, clock, all } = world();
    const counters = createCounters({ now: () => clock.at });
    const { flush } = createCounterFlush({
      database,
      counters,
      instance: 'ia',
      every: 10_000,
      now: () => clock.at,
      log: recordingLog().log,
    });
    const stored = async () => (await all()).get(NOON)?.direct_write?.count;
    counters.count({ metric: 'direct_write' });
    await flush();
    counters.count({ metric: 'direct_write' });
    clock.at += 9_999;
    await flush();
    expect(await stored()).toBe(1);
    await flush({ atOnce: true });
    expect(await stored()).toBe(2);
  });
});
