import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { at } from '../../calls/events.fixture.ts';
import { conversationId } from '../../calls/ids.ts';
import type { CallEvent } from '../../calls/model.ts';
import { type LostCaller, lose } from '../../lost-callers/record.ts';
import { live, stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { CALLED, callNumber, importCalls, useCalls } from './calls.fixture.ts';

const open = useCalls();
const INCIDENT = 'inc_20251004_143000_000001';
const PATH = `/api/incidents/${INCIDENT}`;

type Office = Awaited<ReturnType<typeof open>>;

/** A live call of the incident. */
async function liveCall(office: Office, n: number, change: Partial<typeof CALLED> = {}) {
  const call_id = callNumber(n);
  const call_sid = `CA${String(n).padStart(32, '0')}`;
  const started = {
    ...CALLED,
    call_id,
    conversation_id: conversationId(call_id),
    call_sid,
    ...change,
  };
  const joined: CallEvent = {
    type: 'incident_joined',
    call_id,
    at: at(1),
    incident_id: INCIDENT,
  };
  await office.mirror.apply([started, joined]);
  return call_id;
}

const idsIn = ({ body }: { body: { items: { call_id: string }[] } }) =>
  body.items.map(({ call_id }) => call_id);

describe('an incident', () => {
  it('holds its live and archived calls, in the order in which they began, each once', async () => {
    const office = await open();
    const second = await liveCall(office, 2, { at: at(120) });
    await importCalls(office, {
      [callNumber(1)]: { incident_id: INCIDENT },
      [callNumber(3)]: {
        incident_id: INCIDENT,
        started_at: Timestamp.fromDate(new Date(at(240))),
      },
      [callNumber(4)]: { incident_id: 'inc_20251004_150000_000004' },
      [callNumber(5)]: {},
    });
    const answer = await office.steel.viewer.get(PATH);
    expect([answer.status, idsIn(answer)]).toEqual([200, [callNumber(1), second, callNumber(3)]]);
    expect(answer.body.next_cursor).toBeNull();
  });

  it('of another company, or of nobody, is not found (I6)', async () => {
    const office = await open();
    await liveCall(office, 1);
    await importCalls(office, { [callNumber(2)]: { incident_id: INCIDENT } });
    expectError(await office.paper.company_admin.get(PATH), 404, 'not_found');
    expectError(
      await office.steel.viewer.get('/api/incidents/inc_20251004_143000_00000f'),
      404,
      'not_found',
    );
  });

  it('holds under the policy own what is to be seen, and is not found where that is nothing (I6)', async () => {
    const office = await open();
    await office.firestore.doc(stored.company('steel')).update({ visibility: 'own' });
    await liveCall(office, 1);
    await importCalls(office, { [callNumber(2)]: { incident_id: INCIDENT } });
    expectError(await office.steel.supervisor.get(PATH), 404, 'not_found');
    const critical = { incident_id: INCIDENT, urgency: 'CRITICAL' };
    await importCalls(office, { [callNumber(3)]: critical });
    expect(idsIn(await office.steel.supervisor.get(PATH))).toEqual([callNumber(3)]);
    expect(idsIn(await office.steel.company_admin.get(PATH))).toHaveLength(3);
  });

  it('of very many calls holds the newest hundred', async () => {
    const office = await open();
    const ids = Array.from({ length: 101 }, (_, n) => callNumber(n + 1));
    // Whoever called first has the greatest id.
    const calls = ids.map((id, n) => {
      const started_at = Timestamp.fromDate(new Date(at(3_600 - n)));
      return [id, { incident_id: INCIDENT, started_at }];
    });
    await importCalls(office, Object.fromEntries(calls));
    const answer = await office.steel.viewer.get(PATH);
    expect(idsIn(answer)).toEqual(ids.slice(0, 100).reverse());
  });

  it('has an id of its own form, else it is a 400', async () => {
    const office = await open();
    expectError(await office.steel.viewer.get('/api/incidents/inc_1'), 400, 'invalid_request');
  });
});

describe('callers who are being called back', () => {
  const place = {
    company_id: 'steel',
    mobile_no: '+15550100001',
    at: at(0),
    generation: 0,
    why: 'urgent' as const,
  };
  const due = Date.parse(at(90));
  const lost = (change: Partial<LostCaller> = {}): LostCaller => ({
    ...lose(undefined, place, due),
    ...change,
  });

  it('are told with their call and when it goes on, and closed ones are not', async () => {
    const office = await open();
    await importCalls(office, { [callNumber(1)]: {}, [callNumber(2)]: {}, [callNumber(3)]: {} });
    await office.database.create(live.lostCaller(callNumber(1)), lost({ tries: 2 }));
    await office.database.create(live.lostCaller(callNumber(2)), lost({ quiet: 'threat' }));
    await office.database.create(live.lostCaller(callNumber(3)), lost({ state: 'closed' }));
    const { status, body } = await office.steel.viewer.get('/api/lost-callers');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { call: { call_id: callNumber(1) }, why: 'urgent', quiet: null, tries: 2, due_at: at(90) },
      { call: { call_id: callNumber(2) }, quiet: 'threat' },
    ]);
  });

  it('are those of calls that one may see (I6)', async () => {
    const office = await open();
    await importCalls(office, { [callNumber(1)]: {} });
    await office.database.create(live.lostCaller(callNumber(1)), lost());
    await office.firestore.doc(stored.company('steel')).update({ visibility: 'own' });
    const seen = async (who: typeof office.steel.viewer) =>
      (await who.get('/api/lost-callers')).body.items.length;
    expect(await seen(office.paper.company_admin)).toBe(0);
    expect(await seen(office.steel.supervisor)).toBe(0);
    expect(await seen(office.steel.company_admin)).toBe(1);
  });
});
