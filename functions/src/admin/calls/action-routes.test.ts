import { describe, expect, it } from 'vitest';
import { at, CALL_ID, ended, message } from '../../calls/events.fixture.ts';
import { conversationId } from '../../calls/ids.ts';
import { live } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import {
  CALL_PATH,
  CALLED,
  callNumber,
  type DeskOptions,
  importCalls,
  useCalls,
} from './calls.fixture.ts';

const options: DeskOptions = {};
const open = useCalls(options);

const KEY = { 'idempotency-key': 'first-dispatch' };
const HELP = { who: 'ambulance', what: 'gate 3', eta: at(300) };

/** Where a call may be when somebody acts on it. */
const PLACES = ['live', 'archived', 'archived without a tombstone'] as const;

async function callIn(place: (typeof PLACES)[number], office: Awaited<ReturnType<typeof open>>) {
  const events = [CALLED, message(1, 'user', 'fire'), message(2, 'user', 'fire again')];
  if (place === 'live') await office.mirror.apply(events);
  else await office.archiveCall([...events, ended(60)]);
  if (place !== 'archived without a tombstone') return;
  const { etag } = await office.database.read(live.tombstone(CALL_ID));
  await office.database.compareAndSet(live.tombstone(CALL_ID), etag, null);
}

describe.each(PLACES)('a call that is %s', (place) => {
  it('is acknowledged once by each who has seen it (I3)', async () => {
    const office = await open();
    await callIn(place, office);
    const { supervisor, company_admin } = office.steel;
    await supervisor.post(`${CALL_PATH}/ack`);
    const again = await supervisor.post(`${CALL_PATH}/ack`);
    const { status, body } = await company_admin.post(`${CALL_PATH}/ack`);
    expect([again.status, status]).toEqual([200, 200]);
    expect(body.acknowledged.map(({ by }: { by: string }) => by)).toEqual([
      'steel_supervisor',
      'steel_company_admin',
    ]);
    expect((await supervisor.get(CALL_PATH)).body).toEqual(body);
    expect((await office.audited()).map(({ action }) => action)).toEqual(['call.ack', 'call.ack']);
  });

  it('has each dispatch once, however often it is sent (I3)', async () => {
    const office = await open();
    await callIn(place, office);
    const { supervisor, company_admin } = office.steel;
    await supervisor.post(`${CALL_PATH}/dispatch`, HELP, KEY);
    await supervisor.post(`${CALL_PATH}/dispatch`, HELP, KEY);
    const other = { who: 'brigade', what: 'hall 2' };
    const { body } = await company_admin.post(`${CALL_PATH}/dispatch`, other, KEY);
    expect(body.dispatches).toMatchObject([
      { ...HELP, by: 'steel_supervisor' },
      { ...other, by: 'steel_company_admin', eta: null },
    ]);
    const reused = await supervisor.post(`${CALL_PATH}/dispatch`, other, KEY);
    expectError(reused, 409, 'idempotency_key_reused');
  });

  it('is edited: urgency as a judgement after the last turn, and notes (I5)', async () => {
    const office = await open();
    await callIn(place, office);
    const { supervisor } = office.steel;
    const ETag = (await supervisor.get(CALL_PATH)).headers.get('etag') ?? '';
    const change = { urgency: 'CRITICAL', final_action: 'ambulance', admin_notes: 'Two injured' };
    const edited = await supervisor.patch(CALL_PATH, change, { 'if-match': ETag });
    expect(edited.status).toBe(200);
    expect(edited.body).toMatchObject({
      ...change,
      urgency_by: { kind: 'supervisor', turn: 2, id: 'steel_supervisor' },
      noted: {
        final_action: { by: 'steel_supervisor' },
        admin_notes: { by: 'steel_supervisor' },
      },
    });
    const removed = await supervisor.patch(
      CALL_PATH,
      { admin_notes: '' },
      { 'if-match': edited.headers.get('etag') ?? '' },
    );
    expect(removed.body).toMatchObject({ admin_notes: null, final_action: 'ambulance' });
    expect((await supervisor.get(CALL_PATH)).headers.get('etag')).toBe(removed.headers.get('etag'));
  });

  it('is edited by exactly one of two who have read the same, at any moment', async () => {
    for (let pausedAt = 1; pausedAt <= 14; pausedAt++) {
      let step = 0;
      let resume = () => {};
      const paused = new Promise<void>((isPaused) => {
        options.database = (database) => {
          const wait = async () => {
            step += 1;
            if (step !== pausedAt) return;
            await new Promise<void>((go) => {
              resume = go;
              isPaused();
            });
          };
          return {
            ...database,
            read: async (path) => {
              await wait();
              return database.read(path);
            },
            compareAndSet: async (path, etag, value) => {
              await wait();
              return database.compareAndSet(path, etag, value);
            },
          };
        };
      });
      const office = await open();
      options.database = undefined;
      await callIn(place, { ...office });
      const { supervisor, company_admin } = office.steel;
      step = -1_000;
      const headers = { 'if-match': (await supervisor.get(CALL_PATH)).headers.get('etag') ?? '' };
      step = 0;
      const first = supervisor.patch(CALL_PATH, { admin_notes: 'first' }, headers);
      await Promise.race([paused, first]);
      step = -1_000;
      const second = await company_admin.patch(CALL_PATH, { admin_notes: 'second' }, headers);
      resume();
      const statuses = [(await first).status, second.status];
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect([409, 412]).toContain(statuses.find((status) => status !== 200));
      const winner = statuses[0] === 200 ? 'first' : 'second';
      expect((await supervisor.get(CALL_PATH)).body.admin_notes).toBe(winner);
      expect((await office.database.read(live.callEdit(CALL_ID))).value).toBeNull();
    }
  });
});

describe('what supervisors do', () => {
  const deeds = (path: string) =>
    [
      ['POST', `${path}/ack`, undefined, {}],
      ['POST', `${path}/dispatch`, HELP, KEY],
      ['PATCH', path, { final_action: 'drill' }, { 'if-match': '*' }],
      ['POST', `${path}/end`, { final_action: 'drill' }, {}],
    ] as const;

  it('is not for viewers, not for others, and not for calls that are not there (I6)', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    const before = await office.liveCall();
    for (const [method, path, body, headers] of deeds(CALL_PATH)) {
      const as = (who: { token: string }) => office.ask(method, path, who.token, { body, headers });
      expectError(await as(office.steel.viewer), 403, 'forbidden');
      expectError(await as(office.paper.supervisor), 404, 'not_found');
      expectError(await as(office.paper.company_admin), 404, 'not_found');
    }
    for (const [method, path, body, headers] of deeds(`/api/call/${callNumber(9)}`)) {
      const { token } = office.steel.supervisor;
      expectError(await office.ask(method, path, token, { body, headers }), 404, 'not_found');
    }
    for (const [method, path, body, headers] of deeds('/api/call/..%2fx')) {
      const { token } = office.steel.supervisor;
      const answer = await office.ask(method, path, token, { body, headers });
      expectError(answer, 400, 'invalid_request');
    }
    expect(await office.liveCall()).toEqual(before);
    expect(await office.audited()).toEqual([]);
    expect(await office.database.keys('call_edits')).toEqual([]);
  });

  it('is in the audit log: who, what, before and after, from where', async () => {
    const office = await open();
    await office.mirror.apply([CALLED]);
    for (const [method, path, body, headers] of deeds(CALL_PATH)) {
      await office.ask(method, path, office.steel.supervisor.token, { body, headers });
    }
    expect(await office.audited()).toMatchObject([
      { action: 'call.ack', target: CALL_ID },
      { action: 'call.dispatch', after: HELP },
      { action: 'call.update', before: { final_action: null }, after: { final_action: 'drill' } },
      { action: 'call.end', before: { status: 'ACTIVE' } },
    ]);
    const [first] = await office.audited();
    expect(first).toMatchObject({
      who: { kind: 'admin', id: 'steel_supervisor' },
      company_id: 'steel',
      from: { ip: expect.any(String) },
    });
  });

  it.each(deeds(CALL_PATH))(
    'is refused where the audit log cannot be written: %s %s',
    async (method, path, body, headers) => {
      const office = await open();
      await office.mirror.apply([CALLED]);
      const before = await office.liveCall();
      const { token } = office.steel.supervisor;
      office.audit.record = async () => {
        throw new Error('away');
      };
      expectError(await office.ask(method, path, token, { body, headers }), 503, 'not_recorded');
      expect(await office.liveCall()).toEqual(before);
    },
  );

  it('reaches a call that was imported into the archive', async () => {
    const office = await open();
    await importCalls(office, { [CALL_ID]: { final_action: 'by hand', admin_notes: 'old' } });
    const { supervisor } = office.steel;
    const { body, headers } = await supervisor.get(CALL_PATH);
    expect(body).toMatchObject({
      final_action: 'by hand',
      admin_notes: 'old',
      noted: { final_action: null, admin_notes: null },
    });
    const ifMatch = { 'if-match': headers.get('etag') ?? '' };
    const edited = await supervisor.patch(CALL_PATH, { admin_notes: 'new' }, ifMatch);
    expect(edited.body).toMatchObject({ final_action: 'by hand', admin_notes: 'new' });
    expect(await office.liveCall()).toBeNull();
  });
});

describe('a transcript', () => {
  it('that somebody reads is noted; one that is hidden is not read', async () => {
    const office = await open();
    await office.mirror.apply([CALLED, message(1, 'user', 'fire')]);
    const path = `/api/conversation/${conversationId(CALL_ID)}`;
    expect((await office.steel.viewer.get(path)).body.total_messages).toBe(1);
    expectError(await office.paper.company_admin.get(path), 404, 'not_found');
    expect(await office.audited()).toMatchObject([
      { action: 'conversation.read', who: { id: 'steel_viewer' } },
    ]);
  });
});
