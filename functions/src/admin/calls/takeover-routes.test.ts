import { describe, expect, it } from 'vitest';
import { CALL_SID, ended, message } from '../../calls/events.fixture.ts';
import { expectError } from '../api.fixture.ts';
import {
  CALL_PATH,
  CALLED,
  callNumber,
  type DeskOptions,
  TEXTED,
  useCalls,
} from './calls.fixture.ts';

const options: DeskOptions = {};
const open = useCalls(options);

const KEY = { 'idempotency-key': 'first-message' };
const SAID = { content: 'Close the valve.' };

async function withCall(started = CALLED) {
  const redirects: { callSid: string; twiml: string }[] = [];
  options.twilio = {
    redirect: async (callSid, twiml) => {
      redirects.push({ callSid, twiml });
      return true;
    },
  };
  const office = await open();
  await office.mirror.apply([started, message(1, 'user', 'fire')]);
  return { ...office, redirects };
}

describe('a call that is taken over', () => {
  it('belongs to one supervisor, and the other is told who it is', async () => {
    const { steel, redirects } = await withCall();
    const [first, second] = await Promise.all([
      steel.supervisor.post(`${CALL_PATH}/takeover`),
      steel.company_admin.post(`${CALL_PATH}/takeover`, {}),
    ]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const [won, lost] = first.status === 200 ? [first, second] : [second, first];
    const winner = first.status === 200 ? 'steel_supervisor' : 'steel_company_admin';
    expect(won.body.owner).toMatchObject({ kind: 'supervisor', id: winner, epoch: 1 });
    expectError(lost, 409, 'taken');
    const { holder } = lost.body.error.details;
    expect(holder).toMatchObject({ admin_id: winner, name: expect.any(String), epoch: 1 });
    expect(lost.body.error.message).toContain(holder.name);
    expect(redirects).toHaveLength(1);
    expect(redirects[0]?.callSid).toBe(CALL_SID);
    expect(redirects[0]?.twiml).toContain('A supervisor has taken over');
    expect(redirects[0]?.twiml).toContain('action="https://aurora.example/process-speech?');
    expect(won.body.timeline).toMatchObject([{ step: 'taken_over', by: winner, epoch: 1 }]);
  });

  it('is taken from somebody by a company_admin who names them, and by nobody else', async () => {
    const { steel } = await withCall();
    await steel.supervisor.post(`${CALL_PATH}/takeover`);
    const from = { from: 'steel_supervisor' };
    expectError(await steel.company_admin.post(`${CALL_PATH}/takeover`), 409, 'taken');
    const other = { from: 'steel_viewer' };
    expectError(await steel.company_admin.post(`${CALL_PATH}/takeover`, other), 409, 'taken');
    const taken = await steel.company_admin.post(`${CALL_PATH}/takeover`, from);
    expect(taken.body.owner).toMatchObject({ id: 'steel_company_admin', epoch: 2 });
    expectError(await steel.supervisor.post(`${CALL_PATH}/takeover`, from), 403, 'forbidden');
  });

  it('is kept by its lease, under its own epoch alone, and by nobody else', async () => {
    const { steel, passTime } = await withCall();
    await steel.supervisor.post(`${CALL_PATH}/takeover`);
    passTime(30_000);
    const kept = await steel.supervisor.post(`${CALL_PATH}/lease`, { epoch: 1 });
    expect(kept.body).toMatchObject({ owner: { epoch: 1 } });
    expect(kept.body.expires_in).toBeGreaterThanOrEqual(44);
    for (const [asker, epoch] of [
      [steel.supervisor, 2],
      [steel.company_admin, 1],
    ] as const) {
      expectError(await asker.post(`${CALL_PATH}/lease`, { epoch }), 409, 'not_yours');
    }
    passTime(46_000);
    const late = await steel.supervisor.post(`${CALL_PATH}/lease`, { epoch: 1 });
    expectError(late, 409, 'not_yours');
    const again = await steel.company_admin.post(`${CALL_PATH}/takeover`);
    expect(again.body.owner).toMatchObject({ id: 'steel_company_admin', epoch: 2 });
  });

  it('goes back to Aurora with a reason, however often it is said', async () => {
    const { steel, redirects } = await withCall();
    await steel.supervisor.post(`${CALL_PATH}/takeover`);
    const reason = { reason: 'The valve is closed' };
    const released = await steel.supervisor.post(`${CALL_PATH}/release`, reason);
    expect(released.body.owner).toEqual({ kind: 'aurora', epoch: 2 });
    expect(released.body.timeline.at(-1)).toMatchObject({ step: 'released', ...reason });
    expect(redirects.at(-1)?.twiml).toMatch(/^<\?xml[^>]*\?><Response><Redirect/);
    expect((await steel.supervisor.post(`${CALL_PATH}/release`, reason)).status).toBe(200);
    expect(redirects).toHaveLength(2);
  });

  it('is given to a colleague who may act on calls, and to nobody else (I6)', async () => {
    const { steel, redirects } = await withCall();
    await steel.supervisor.post(`${CALL_PATH}/takeover`);
    for (const to of ['steel_viewer', 'paper_supervisor', 'nobody']) {
      const refused = await steel.supervisor.post(`${CALL_PATH}/transfer`, { to });
      expectError(refused, 409, 'no_such_supervisor');
    }
    const to = 'steel_company_admin';
    const given = await steel.supervisor.post(`${CALL_PATH}/transfer`, { to });
    expect(given.body.owner).toMatchObject({ id: to, epoch: 2 });
    expect(redirects).toHaveLength(1);
  });
});

describe('a message', () => {
  it('is spoken once for one key, and shown as an admin’s', async () => {
    const { steel, redirects, conversation } = await withMessages();
    const first = await steel.supervisor.post(`${CALL_PATH}/message`, SAID, KEY);
    const again = await steel.supervisor.post(`${CALL_PATH}/message`, SAID, KEY);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(first.body).toMatchObject({ delivery: 'speaking', message: { role: 'admin' } });
    expect(again.body.message).toEqual(first.body.message);
    expect(redirects).toHaveLength(1);
    expect(redirects[0]?.twiml).toContain(SAID.content);
    const admins = (await conversation()).filter(({ role }) => role === 'admin');
    expect(admins).toMatchObject([{ content: SAID.content }]);
    const reused = await steel.supervisor.post(`${CALL_PATH}/message`, { content: 'x' }, KEY);
    expectError(reused, 409, 'idempotency_key_reused');
  });

  it('waits where Twilio is away, and is refused where the call is over', async () => {
    options.twilio = { redirect: () => Promise.reject(new Error('away')) };
    const office = await open();
    await office.mirror.apply([CALLED]);
    const queued = await office.steel.supervisor.post(`${CALL_PATH}/message`, SAID, KEY);
    expect([queued.status, queued.body.delivery]).toEqual([202, 'queued']);
    options.twilio = {
      redirect: async () => false,
      state: async () => ({ status: 'completed' }),
    };
    const over = await open();
    await over.mirror.apply([CALLED]);
    const refused = await over.steel.supervisor.post(`${CALL_PATH}/message`, SAID, KEY);
    expectError(refused, 409, 'call_over');
    expect(await over.liveCall()).toMatchObject({ status: 'ENDED' });
  });

  it('is a text message where the caller writes', async () => {
    const sent: { to: string; from: string; body: string }[] = [];
    options.texts = {
      text: async (text) => {
        sent.push(text);
        return sent.length > 1 ? { refused: 'capped' } : { sid: 'SM1' };
      },
    };
    const office = await open();
    await office.mirror.apply([{ ...TEXTED, dialled_no: '+15550100002' }]);
    const { supervisor } = office.steel;
    const answer = await supervisor.post(`${CALL_PATH}/message`, SAID, KEY);
    expect(answer.body.delivery).toBe('sent');
    expect(sent).toMatchObject([
      { to: CALLED.mobile_no, from: '+15550100002', body: SAID.content },
    ]);
    const again = await supervisor.post(`${CALL_PATH}/message`, SAID, KEY);
    expect(again.body.delivery).toBe('heard');
    const other = { 'idempotency-key': 'second-message' };
    const capped = await supervisor.post(`${CALL_PATH}/message`, SAID, other);
    expect(capped.body).toMatchObject({ delivery: 'queued', reason: 'capped' });
    delete options.texts;
  });

  it('has an end: of its characters and of its kind', async () => {
    const { steel } = await withMessages();
    for (const content of ['', ' ', 'a'.repeat(1_001), 'a\u0000b', '\ud800', 1]) {
      const answer = await steel.supervisor.post(`${CALL_PATH}/message`, { content }, KEY);
      expectError(answer, 400, 'invalid_request');
    }
    const noKey = await steel.supervisor.post(`${CALL_PATH}/message`, SAID);
    expectError(noKey, 400, 'invalid_request');
  });

  async function withMessages() {
    const office = await withCall();
    return {
      ...office,
      conversation: async (): Promise<{ role: string; content: string }[]> =>
        (await office.steel.supervisor.get(CALL_PATH.replace('call/call_', 'conversation/conv_')))
          .body.messages,
    };
  }
});

describe('taking over', () => {
  const deeds = (path: string) =>
    [
      [`${path}/takeover`, {}, {}],
      [`${path}/lease`, { epoch: 1 }, {}],
      [`${path}/release`, { reason: 'settled' }, {}],
      [`${path}/transfer`, { to: 'steel_company_admin' }, {}],
      [`${path}/message`, SAID, KEY],
    ] as const;

  it('is not for viewers, not for others, and not for calls that are not there (I6)', async () => {
    const { steel, paper, liveCall, audited } = await withCall();
    const before = await liveCall();
    for (const [path, body, headers] of deeds(CALL_PATH)) {
      expectError(await steel.viewer.post(path, body, headers), 403, 'forbidden');
      expectError(await paper.supervisor.post(path, body, headers), 404, 'not_found');
      expectError(await paper.company_admin.post(path, body, headers), 404, 'not_found');
    }
    for (const [path, body, headers] of deeds(`/api/call/${callNumber(9)}`)) {
      expectError(await steel.supervisor.post(path, body, headers), 404, 'not_found');
    }
    expect(await liveCall()).toEqual(before);
    expect(await audited()).toEqual([]);
  });

  it('is refused on a call that is over', async () => {
    const office = await withCall();
    await office.archiveCall([ended(60)]);
    for (const [path, body, headers] of deeds(CALL_PATH)) {
      const answer = await office.steel.supervisor.post(path, body, headers);
      if (path.endsWith('/lease')) expectError(answer, 404, 'not_found');
      else expectError(answer, 409, 'call_over');
    }
  });

  it('is in the audit log, but for the lease; a message by its length alone', async () => {
    const { steel, audited } = await withCall();
    const inOrder = ['takeover', 'lease', 'message', 'transfer'];
    const paths = deeds(CALL_PATH);
    for (const deed of inOrder) {
      for (const [path, body, headers] of paths) {
        if (path.endsWith(`/${deed}`)) await steel.supervisor.post(path, body, headers);
      }
    }
    await steel.company_admin.post(`${CALL_PATH}/release`, { reason: 'settled' });
    expect(await audited()).toMatchObject([
      { action: 'call.takeover', before: { owner: null } },
      { action: 'call.message', after: { characters: SAID.content.length } },
      { action: 'call.transfer', after: { to: 'steel_company_admin' } },
      { action: 'call.release', after: { reason: 'settled' } },
    ]);
    expect(JSON.stringify(await audited())).not.toContain(SAID.content);
  });

  it('is refused where the audit log cannot be written', async () => {
    const { steel, audit, liveCall } = await withCall();
    const before = await liveCall();
    audit.record = async () => {
      throw new Error('away');
    };
    for (const [path, body, headers] of deeds(CALL_PATH)) {
      if (path.endsWith('/lease')) continue;
      const answer = await steel.supervisor.post(path, body, headers);
      expectError(answer, 503, 'not_recorded');
    }
    expect(await liveCall()).toEqual(before);
  });
});
