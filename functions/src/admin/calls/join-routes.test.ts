import { beforeEach, describe, expect, it } from 'vitest';
import { at, CALL_ID, CALL_SID, ended, owned } from '../../calls/events.fixture.ts';
import type { CallEvent } from '../../calls/model.ts';
import type { Rung } from '../../conference/rung.fixture.ts';
import { live, stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { CALL_PATH, CALLED, type DeskOptions, TEXTED, useCalls } from './calls.fixture.ts';

const options: DeskOptions = {};
const openOffice = useCalls(options);

const JOIN = `${CALL_PATH}/join`;
const PHONE = '+919876500001';
const STARTED = { ...CALLED, dialled_no: '+15550100002' };

let rung: Rung;
beforeEach(() => {
  rung = { asked: [], hungUp: [] };
  options.rung = rung;
  delete options.transcription;
});

type Office = Awaited<ReturnType<typeof openOffice>>;

/** An office in which a call is live and supervisors have phones. */
async function open(...events: CallEvent[]): Promise<Office> {
  const office = await openOffice();
  await office.mirror.apply([STARTED, ...events]);
  await givePhone(office, office.steel.supervisor.id, PHONE);
  await givePhone(office, office.steel.company_admin.id, '+919876500002');
  return office;
}

async function givePhone({ firestore }: Office, id: string, phone: string): Promise<void> {
  await firestore.doc(stored.admin(id)).update({ phone });
}

const timelineOf = async ({ steel }: Office) =>
  (await steel.viewer.get(CALL_PATH)).body.timeline as { step: string; reason?: string }[];

describe('joining by phone', () => {
  it("rings the phone of the supervisor's own record, from the number that the caller has dialled", async () => {
    const office = await open();
    const { status, body } = await office.steel.supervisor.post(JOIN, { mode: 'speak' });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      caller: 'out',
      aurora_speaks: false,
      legs: [{ admin_id: 'steel_supervisor', mode: 'speak', state: 'ringing', reason: null }],
    });
    expect(rung.asked).toMatchObject([
      { to: PHONE, from: '+15550100002', companyId: 'steel', callId: CALL_ID, purpose: 'join' },
    ]);
    expect(await timelineOf(office)).toMatchObject([
      { step: 'join_requested', by: 'steel_supervisor', channel: 'speak' },
    ]);
    expect(await office.audited()).toMatchObject([
      { action: 'call.join', who: { id: 'steel_supervisor' }, after: { mode: 'speak' } },
    ]);
  });

  it('takes no number from the request', async () => {
    const office = await open();
    const answer = await office.steel.supervisor.post(JOIN, {
      mode: 'speak',
      phone: '+15550199999',
    });
    expectError(answer, 400, 'invalid_request');
    expect(rung.asked).toEqual([]);
  });

  it("is for supervisors of the call's company alone (I6)", async () => {
    const office = await open();
    expectError(await office.steel.viewer.post(JOIN, { mode: 'listen' }), 403, 'forbidden');
    expectError(await office.paper.supervisor.post(JOIN, { mode: 'listen' }), 404, 'not_found');
    expect(rung.asked).toEqual([]);
  });

  it('rings nobody twice: the second request is told so', async () => {
    const office = await open();
    await office.steel.supervisor.post(JOIN, { mode: 'speak' });
    const again = await office.steel.supervisor.post(JOIN, { mode: 'speak' });
    expectError(again, 409, 'already_joined');
    expect(rung.asked).toHaveLength(1);
  });

  it.each([
    ['is over', [ended(60)], 'speak', 'call_is_over'],
    [
      'is held by another supervisor',
      [owned(1, Date.now() / 1_000, 'steel_other')],
      'speak',
      'somebody_speaks',
    ],
    [
      'is spoken to by messages',
      [owned(1, Date.now() / 1_000, 'steel_other')],
      'listen',
      'held_by_messages',
    ],
    ['has nobody who speaks by phone', [], 'whisper', 'nobody_to_whisper_to'],
  ] as const)('is refused where the call %s', async (_, events, mode, code) => {
    const office = await open(...events.map((event) => withFutureLease(event)));
    const answer = await office.steel.supervisor.post(JOIN, { mode });
    expectError(answer, 409, code);
    expect(rung.asked).toEqual([]);
  });

  it('is refused for a text conversation', async () => {
    const office = await openOffice();
    await office.mirror.apply([TEXTED]);
    await givePhone(office, office.steel.supervisor.id, PHONE);
    const answer = await office.steel.supervisor.post(JOIN, { mode: 'speak' });
    expectError(answer, 409, 'not_a_telephone_call');
  });

  it("needs a phone in the supervisor's record", async () => {
    const office = await openOffice();
    await office.mirror.apply([STARTED]);
    const answer = await office.steel.supervisor.post(JOIN, { mode: 'speak' });
    expectError(answer, 409, 'no_phone');
    expect(answer.body.error.message).toMatch(/company_admin/);
  });

  it('to listen needs a transcription: Aurora would be deaf without', async () => {
    options.transcription = false;
    const office = await open();
    expectError(
      await office.steel.supervisor.post(JOIN, { mode: 'listen' }),
      409,
      'not_transcribed',
    );
    expect((await office.steel.supervisor.post(JOIN, { mode: 'speak' })).status).toBe(202);
  });

  it('tells why a phone could not be rung, in the answer and on the timeline', async () => {
    const office = await open();
    rung.refuses = { refused: 'capped' };
    expectError(await office.steel.supervisor.post(JOIN, { mode: 'speak' }), 409, 'not_rung');
    expect(await timelineOf(office)).toMatchObject([
      { step: 'join_requested' },
      { step: 'join_failed', reason: 'capped', whom: 'steel_supervisor' },
    ]);
  });
});

describe('who is joined', () => {
  it('is seen by everybody who sees the call, and by nobody else', async () => {
    const office = await open();
    const nobody = await office.steel.viewer.get(JOIN);
    expect(nobody.body).toEqual({
      call_id: CALL_ID,
      caller: 'out',
      aurora_speaks: false,
      transcription: null,
      legs: [],
    });
    await office.steel.supervisor.post(JOIN, { mode: 'listen' });
    const seen = await office.steel.viewer.get(JOIN);
    expect(seen.body).toMatchObject({ transcription: 'on', legs: [{ mode: 'listen' }] });
    expect(JSON.stringify(seen.body)).not.toContain(PHONE);
    expectError(await office.paper.viewer.get(JOIN), 404, 'not_found');
  });
});

describe('a phone that rings', () => {
  it('stops when its supervisor leaves', async () => {
    const office = await open();
    await office.steel.supervisor.post(JOIN, { mode: 'speak' });
    const { status, body } = await office.steel.supervisor.post(`${JOIN}/leave`);
    expect(status).toBe(200);
    expect(body.legs).toMatchObject([{ state: 'failed', reason: 'canceled' }]);
    expect(rung.hungUp).toEqual([`CA${'1'.padStart(32, '0')}`]);
    expectError(await office.steel.supervisor.post(`${JOIN}/leave`), 409, 'not_joined');
  });

  it('has no mode yet, and asks Aurora for nothing', async () => {
    const office = await open();
    await office.steel.supervisor.post(JOIN, { mode: 'speak' });
    const changed = await office.steel.supervisor.post(`${JOIN}/mode`, { mode: 'listen' });
    expectError(changed, 409, 'not_joined');
    const asked = await office.steel.supervisor.post(`${JOIN}/aurora`, { speaks: true });
    expectError(asked, 409, 'not_joined');
  });
});

describe('a phone that is joined', () => {
  /** As the webhooks leave it behind. */
  async function joined(mode: 'speak' | 'listen'): Promise<Office> {
    const office = await open();
    await office.steel.supervisor.post(JOIN, { mode });
    const path = live.conference(CALL_ID);
    const { value, etag } = await office.database.read(path);
    const known = value as { legs: { leg1: object } };
    const leg1 = { ...known.legs.leg1, state: 'joined', entered: 1, pressed: true };
    const room = { sid: `CF${'a'.repeat(32)}`, keystone: 'leg1' };
    await office.database.compareAndSet(path, etag, { ...known, ...room, legs: { leg1 } });
    return office;
  }

  it('changes from listening to speaking, which takes the call over', async () => {
    const office = await joined('listen');
    const { status, body } = await office.steel.supervisor.post(`${JOIN}/mode`, { mode: 'speak' });
    expect(status).toBe(200);
    expect(body.legs).toMatchObject([{ mode: 'speak', state: 'joined' }]);
    const { body: call } = await office.steel.viewer.get(CALL_PATH);
    expect(call.owner).toMatchObject({ kind: 'supervisor', id: 'steel_supervisor' });
    expect(await timelineOf(office)).toContainEqual(
      expect.objectContaining({ step: 'mode_changed', channel: 'speak', by: 'steel_supervisor' }),
    );
  });

  it('keeps others from speaking', async () => {
    const office = await joined('speak');
    const answer = await office.steel.company_admin.post(JOIN, { mode: 'speak' });
    expectError(answer, 409, 'somebody_speaks');
    expect((await office.steel.company_admin.post(JOIN, { mode: 'whisper' })).status).toBe(202);
  });

  it('asks Aurora back, and to be silent again', async () => {
    const office = await joined('speak');
    const asked = await office.steel.supervisor.post(`${JOIN}/aurora`, { speaks: true });
    expect(asked.body.aurora_speaks).toBe(true);
    const silent = await office.steel.supervisor.post(`${JOIN}/aurora`, { speaks: false });
    expect(silent.body.aurora_speaks).toBe(false);
  });
});

/** A lease that has not ended yet. */
function withFutureLease(event: CallEvent): CallEvent {
  if (event.type !== 'owner_changed') return { ...event, call_sid: CALL_SID } as CallEvent;
  return {
    ...event,
    at: at(1),
    owner: { ...event.owner, until: new Date(Date.now() + 60_000).toISOString() },
  };
}
