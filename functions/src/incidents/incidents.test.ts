import { describe, expect, it } from 'vitest';
import { useFirestore } from '../archive/archive.fixture.ts';
import { createArchive } from '../archive/archive.ts';
import { createSettle } from '../archive/settle.ts';
import { callId, incidentId } from '../calls/ids.ts';
import { readCall } from '../calls/live.ts';
import type { CallEvent, Urgency } from '../calls/model.ts';
import { callStarted } from '../calls/started.ts';
import { isoInZone } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createMirror } from '../mirror/apply.ts';
import { live } from '../paths.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createIncidents } from './incidents.ts';

const realtimeDatabase = useRealtimeDatabase();
const emptyFirestore = useFirestore();
const ZONE = 'Asia/Kolkata';
const START = Date.parse('2025-10-04T14:30:00+05:30');
const MINUTE = 60_000;

function setUp() {
  const database = realtimeDatabase.emptyDatabase();
  const archive = createArchive(emptyFirestore(), ZONE);
  const now = () => START + 30 * MINUTE;
  const settle = createSettle({ database, archive, now, timeZone: ZONE });
  const mirror = createMirror({ database, archive: settle, now });
  const { log, lines } = recordingLog();
  const fault: { of?: (events: readonly CallEvent[]) => boolean } = {};
  const apply = async (events: readonly CallEvent[]) => {
    if (fault.of?.(events)) throw new AuroraError(503, 'database_away', 'Away.');
    await mirror.apply(events);
  };
  const incidents = createIncidents({ database, apply, now, log });
  let made = 0;

  /** A live call that began so many minutes after 14:30. */
  async function call(
    minutes: number,
    { urgency = 'CRITICAL', company = 'steel', site = 'mill' as string | null } = {},
  ) {
    const began = START + minutes * MINUTE;
    const sid = `CA${(++made).toString(16).padStart(32, '0')}`;
    const id = callId({ mobileNo: `+1555010000${made}`, sid, now: began, timeZone: ZONE });
    const at = isoInZone(began, ZONE);
    const events: CallEvent[] = [
      callStarted({
        call_id: id,
        at,
        mobile_no: `+1555010000${made}`,
        medium: 'Voice',
        company_id: company,
        call_sid: sid,
        ...(site === null ? {} : { site_id: site }),
      }),
      {
        type: 'urgency_changed',
        call_id: id,
        urgency: urgency as Urgency,
        by: { kind: 'aurora', turn: 1, at },
      },
    ];
    await mirror.apply(events);
    return { id, sid, events };
  }

  const read = async (id: string) => readCall((await database.read(live.call(id))).value);
  return { database, archive, settle, mirror, incidents, lines, fault, call, read };
}

describe('calls of one site within ten minutes', () => {
  it('are one incident, by the least id, which each of them is told', async () => {
    const { incidents, call, read } = setUp();
    const [first, second] = [await call(0), await call(9, { urgency: 'URGENT' })];
    expect(await incidents.incidentOf(second.id)).toBe(incidentId(second.id));
    expect(await incidents.incidentOf(first.id)).toBe(incidentId(first.id));
    expect((await read(second.id)).incident_id).toBe(incidentId(first.id));
    expect(Object.values((await read(second.id)).timeline ?? {})).toMatchObject([
      { step: 'incident_joined', other: incidentId(first.id) },
    ]);
  });

  it('are joined by a call between two that were apart', async () => {
    const { incidents, call, read } = setUp();
    const [early, late] = [await call(0), await call(15)];
    await Promise.all([incidents.incidentOf(early.id), incidents.incidentOf(late.id)]);
    expect((await read(late.id)).incident_id).toBe(incidentId(late.id));
    const between = await call(8);
    await incidents.incidentOf(between.id);
    expect((await read(late.id)).incident_id).toBe(incidentId(early.id));
    expect((await read(between.id)).incident_id).toBe(incidentId(early.id));
  });

  it('are one however many are joined at once', async () => {
    const { incidents, call, read } = setUp();
    const calls = await Promise.all([0, 1, 2, 3, 4, 5].map((minutes) => call(minutes)));
    await Promise.all(calls.map(({ events }) => incidents.follow(events)));
    await incidents.mend();
    const found = await Promise.all(calls.map(async ({ id }) => (await read(id)).incident_id));
    expect(new Set(found)).toEqual(new Set([calls.map(({ id }) => incidentId(id)).sort()[0]]));
  });

  it('are told in the archive, where they are over', async () => {
    const { incidents, archive, settle, mirror, call } = setUp();
    const over = await call(4);
    await incidents.incidentOf(over.id);
    const ended: CallEvent = {
      type: 'call_ended',
      call_sid: over.sid,
      at: isoInZone(START + 5 * MINUTE, ZONE),
      end_reason: 'completed',
    };
    await mirror.apply([ended]);
    await settle.settle(over.id);
    const earlier = await call(0);
    await incidents.incidentOf(earlier.id);
    expect((await archive.call(over.id))?.incident_id).toBe(incidentId(earlier.id));
  });
});

describe('apart stay', () => {
  it('calls of other sites and companies, and those of no site (I6)', async () => {
    const { incidents, call, read } = setUp();
    const calls = [
      await call(0),
      await call(1, { site: 'office' }),
      await call(2, { site: null }),
      await call(3, { company: 'paper' }),
    ];
    for (const { id } of calls) await incidents.incidentOf(id);
    for (const { id } of calls) expect((await read(id)).incident_id).toBe(incidentId(id));
  });

  it('calls without danger, and calls that nobody knows', async () => {
    const { incidents, call, read } = setUp();
    const calm = await call(0, { urgency: 'NORMAL' });
    expect(await incidents.incidentOf(calm.id)).toBeUndefined();
    expect((await read(calm.id)).incident_id).toBeUndefined();
    expect(await incidents.incidentOf(calm.id.replace(/.$/, 'e'))).toBeUndefined();
  });
});

describe('what was left behind', () => {
  it('is joined by the schedule: a call that nobody joined', async () => {
    const { incidents, call, read } = setUp();
    const [first, second] = [await call(0), await call(3)];
    expect(await incidents.mend()).toBe(2);
    expect((await read(second.id)).incident_id).toBe(incidentId(first.id));
    expect(await incidents.mend()).toBe(0);
  });

  it('is told by the schedule: a call that was joined and not told', async () => {
    const { incidents, call, read, fault, lines } = setUp();
    const second = await call(3);
    await incidents.incidentOf(second.id);
    const first = await call(0);
    fault.of = (events) => events.some(({ call_id }) => call_id === second.id);
    await incidents.incidentOf(first.id);
    expect((await read(second.id)).incident_id).toBe(incidentId(second.id));
    expect(lines).toMatchObject([{ severity: 'warn' }]);
    delete fault.of;
    await incidents.mend();
    expect((await read(second.id)).incident_id).toBe(incidentId(first.id));
  });

  it('does not keep the words of the turn from being mirrored', async () => {
    const { incidents, call, fault, lines } = setUp();
    const { events } = await call(0);
    fault.of = () => true;
    await incidents.follow(events);
    expect(lines.every(({ severity }) => severity === 'warn')).toBe(true);
  });
});
