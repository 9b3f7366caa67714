import { describe, expect, it } from 'vitest';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { isOldOperationsHour } from '../metrics/counter-store.ts';
import { createCounts, hourOf, isOldHour } from '../outbound/counts.ts';
import { live } from '../paths.ts';
import { createOldCounts } from './old-counts.ts';

const realtimeDatabase = useRealtimeDatabase();
const HOUR = 60 * 60 * 1_000;

describe('counters of what was sent', () => {
  it('are removed when their hour is past, and stay for this hour and the one before', async () => {
    const database = realtimeDatabase.emptyDatabase();
    let time = Date.parse('2025-10-04T22:10:00Z');
    const counts = createCounts({ database, now: () => time });
    for (let hour = 0; hour < 4; hour++) {
      await counts.take([{ key: 'a', most: 9 }]);
      time += HOUR;
    }
    const removeOldCounts = createOldCounts({
      database,
      path: live.sendCounts,
      isOld: isOldHour,
      now: () => time - HOUR,
    });
    expect(await removeOldCounts()).toBe(2);
    expect(await database.keys(live.sendCounts)).toEqual(['2025100500', '2025100501']);
    expect(await removeOldCounts()).toBe(0);
  });
});

describe('what was measured', () => {
  it('is removed after two days, and stays until then', async () => {
    const database = realtimeDatabase.emptyDatabase();
    const time = Date.parse('2025-10-04T22:10:00Z');
    const hours = [50, 49, 48, 1, 0].map((ago) => hourOf(time - ago * HOUR));
    for (const hour of hours) {
      await database.create(live.operationsOf(hour, 'm07', 'ia'), { dead_letter: { count: 1 } });
    }
    const removeOldCounts = createOldCounts({
      database,
      path: live.operations,
      isOld: isOldOperationsHour,
      now: () => time,
    });
    expect(await removeOldCounts()).toBe(1);
    expect(await database.keys(live.operations)).toEqual(hours.slice(1));
  });
});
