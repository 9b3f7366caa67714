import { expect, it } from 'vitest';
import { CALL_ID } from '../calls/events.fixture.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { Log } from '../log.ts';
import { createPagedPeople } from '../paging/paged-people.ts';
import { createOldPagedPeople } from './old-paged-people.ts';

const realtimeDatabase = useRealtimeDatabase();
const HOUR = 60 * 60 * 1_000;
const log: Log = { info() {}, warn() {}, error() {}, alert() {} };
const asha = { companyId: 'demo', phone: '+15550100010', adminId: 'asha' };
const ravi = { companyId: 'demo', phone: '+15550100011', adminId: 'ravi' };

it('what people were asked is forgotten two days later, and not while something is newer', async () => {
  const database = realtimeDatabase.emptyDatabase();
  let time = Date.parse('2025-10-04T22:10:00Z');
  const now = () => time;
  const paged = createPagedPeople({ database, now });
  const removeOldPagedPeople = createOldPagedPeople({ database, now, log });
  await paged.ask(asha, CALL_ID);
  await paged.ask(ravi, CALL_ID);
  time += 47 * HOUR;
  expect(await paged.ask(ravi, CALL_ID.replace('143000', '143009'))).toBe(2);
  expect(await removeOldPagedPeople()).toBe(0);
  time += 2 * HOUR;
  expect(await removeOldPagedPeople()).toBe(1);
  expect(await paged.of('demo', asha.phone)).toBeUndefined();
  expect(Object.keys((await paged.of('demo', ravi.phone))?.calls ?? {})).toHaveLength(2);
});
