import { describe, expect, it } from 'vitest';
import { CALL_ID } from '../calls/events.fixture.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { close, type LostCaller, lose } from '../lost-callers/record.ts';
import { live } from '../paths.ts';
import { createOldLostCallers } from './old-lost-callers.ts';
import { recordingLog } from './upkeep.fixture.ts';

const realtimeDatabase = useRealtimeDatabase();
const START = Date.parse('2025-10-04T14:30:00+05:30');
const DAY = 24 * 60 * 60_000;
const place = {
  company_id: 'steel',
  mobile_no: '+15550100001',
  at: '2025-10-04T14:30:00+05:30',
  generation: 0,
};
const open = lose(undefined, place, START);
const silent: LostCaller = { ...place, state: 'listening', due_at: START, tries: 0 };

describe('a caller who was followed', () => {
  it.each([
    ['is forgotten after two days', close(open, 'reached', START), 2, 1],
    ['is remembered for a day', close(open, 'reached', START), 1, 0],
    ['is forgotten when they were only silent', silent, 2, 1],
    ['is never forgotten while they are followed', open, 30, 0],
  ])('%s', async (_name, lost, days, removed) => {
    const database = realtimeDatabase.emptyDatabase();
    await database.create(live.lostCaller(CALL_ID), lost);
    const now = () => START + days * DAY;
    const removeOld = createOldLostCallers({ database, now, log: recordingLog().log });
    expect(await removeOld()).toBe(removed);
    expect((await database.read(live.lostCaller(CALL_ID))).value === null).toBe(removed === 1);
  });
});
