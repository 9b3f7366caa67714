import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from '../../../emulators/twilio/local-account.ts';
import { createConferences } from './conferences.ts';
import { createOutgoingCalls } from './outgoing-calls.ts';
import { createOutgoingMessages } from './outgoing-messages.ts';

const account = { accountSid: LOCAL_ACCOUNT_SID, authToken: LOCAL_AUTH_TOKEN };
const [CALL_SID, OTHER_SID] = [`CA${'1'.repeat(32)}`, `CA${'2'.repeat(32)}`];
const CONFERENCE_SID = `CF${'3'.repeat(32)}`;
const MESSAGE_SID = `SM${'4'.repeat(32)}`;
const BASE = `/2010-04-01/Accounts/${LOCAL_ACCOUNT_SID}`;

/** What came, as it came over the wire. */
interface Asked {
  method: string | undefined;
  path: string;
  query: Record<string, string>;
  form: URLSearchParams;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A Twilio that gives this answer to everything; undefined: none at all. */
async function twilioAnswering(status: number | undefined, body: unknown = '') {
  const asked: Asked[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const query = Object.fromEntries(searchParams);
    asked.push({ method: request.method, path: pathname, query, form });
    if (status === undefined) return;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const options = { ...account, baseUrl: `http://127.0.0.1:${port}`, deadline: 300 };
  return {
    asked,
    calls: createOutgoingCalls(options),
    messages: createOutgoingMessages(options),
    conferences: createConferences(options),
  };
}

const refusal = (status: number, code: number) => ({ status, code, message: 'No', more_info: '' });

describe('a call that Aurora places', () => {
  const call = {
    to: '+15550100001',
    from: '+15550100002',
    url: 'https://aurora.example.com/call-back?a=1&b=2',
    statusCallback: 'https://aurora.example.com/call-back-status?a=1',
  };

  it('is asked for with its webhooks, and with all states of its life', async () => {
    const { calls, asked } = await twilioAnswering(201, { sid: CALL_SID, status: 'queued' });
    expect(await calls.create({ ...call, timeout: 25, detectMachine: true })).toBe(CALL_SID);
    const [{ method, path, form } = {} as Asked] = asked;
    expect([method, path]).toEqual(['POST', `${BASE}/Calls.json`]);
    expect(form.getAll('StatusCallbackEvent')).toEqual([
      'initiated',
      'ringing',
      'answered',
      'completed',
    ]);
    form.delete('StatusCallbackEvent');
    expect(Object.fromEntries(form)).toEqual({
      To: call.to,
      From: call.from,
      Url: call.url,
      Method: 'POST',
      StatusCallback: call.statusCallback,
      StatusCallbackMethod: 'POST',
      Timeout: '25',
      MachineDetection: 'Enable',
    });
  });

  it('leaves ringing time and voicemail to Twilio where nothing is said of them', async () => {
    const { calls, asked } = await twilioAnswering(201, { sid: CALL_SID });
    await calls.create(call);
    expect(asked[0]?.form.has('Timeout')).toBe(false);
    expect(asked[0]?.form.has('MachineDetection')).toBe(false);
  });

  it.each([
    [400, 'twilio_refused', 400],
    [429, 'twilio_refused', 429],
    [undefined, 'twilio_away', 503],
  ])('is not placed a second time after %s', async (answer, code, status) => {
    const { calls, asked } = await twilioAnswering(answer, refusal(answer ?? 0, 21_215));
    await expect(calls.create(call)).rejects.toMatchObject({ code, status });
    expect(asked).toHaveLength(1);
  });

  it('is an error where the answer names no call, and shows no credentials', async () => {
    const { calls } = await twilioAnswering(201, { sid: 'x' });
    const error = await calls.create(call).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'twilio_malformed' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(
      LOCAL_AUTH_TOKEN,
    );
  });

  it('is hung up, also where it is over or unknown by now', async () => {
    const { calls, asked } = await twilioAnswering(200, { sid: CALL_SID });
    await calls.hangUp(CALL_SID);
    expect(asked[0]?.path).toBe(`${BASE}/Calls/${CALL_SID}.json`);
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({ Status: 'completed' });
    await (await twilioAnswering(400, refusal(400, 21_220))).calls.hangUp(CALL_SID);
    await (await twilioAnswering(404, refusal(404, 20_404))).calls.hangUp(CALL_SID);
    const refused = (await twilioAnswering(401, refusal(401, 20_003))).calls.hangUp(CALL_SID);
    await expect(refused).rejects.toMatchObject({ status: 401 });
  });
});

describe('a message that Aurora sends', () => {
  it('goes out once, and tells its Sid', async () => {
    const { messages, asked } = await twilioAnswering(201, { sid: MESSAGE_SID, status: 'queued' });
    const text = { to: '+15550100001', from: '+15550100002', body: 'Antworte 1 & lebe – ज़रूर' };
    expect(await messages.send(text)).toBe(MESSAGE_SID);
    expect(asked[0]?.path).toBe(`${BASE}/Messages.json`);
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      To: text.to,
      From: text.from,
      Body: text.body,
    });
  });

  it('is an error where Twilio refuses it, and where it gives no answer', async () => {
    const text = {
      to: '+15550100001',
      from: '+15550100002',
      body: 'hello',
      statusCallback: 'https://x.example',
    };
    const stopped = (await twilioAnswering(400, refusal(400, 21_610))).messages.send(text);
    await expect(stopped).rejects.toMatchObject({ status: 400, code: 'twilio_refused' });
    const away = (await twilioAnswering(undefined)).messages.send(text);
    await expect(away).rejects.toMatchObject({ status: 503, code: 'twilio_away' });
  });
});

describe('a conference', () => {
  it('is found by its name while it is in progress', async () => {
    const page = { conferences: [{ sid: CONFERENCE_SID, status: 'in-progress' }] };
    const { conferences, asked } = await twilioAnswering(200, page);
    expect(await conferences.find('aurora-1')).toBe(CONFERENCE_SID);
    expect(asked[0]).toMatchObject({
      path: `${BASE}/Conferences.json`,
      query: { FriendlyName: 'aurora-1', Status: 'in-progress' },
    });
    const none = await twilioAnswering(200, { conferences: [] });
    expect(await none.conferences.find('aurora-1')).toBeUndefined();
  });

  it('tells who takes part, who is muted, and who whispers to whom', async () => {
    const participants = [
      { call_sid: CALL_SID, muted: false, coaching: false, call_sid_to_coach: null },
      { call_sid: OTHER_SID, muted: true, coaching: true, call_sid_to_coach: CALL_SID },
    ];
    const { conferences, asked } = await twilioAnswering(200, { participants });
    expect(await conferences.participants(CONFERENCE_SID)).toEqual([
      { callSid: CALL_SID, muted: false },
      { callSid: OTHER_SID, muted: true, coaches: CALL_SID },
    ]);
    expect(asked[0]?.path).toBe(`${BASE}/Conferences/${CONFERENCE_SID}/Participants.json`);
    const gone = await twilioAnswering(404, refusal(404, 20_404));
    expect(await gone.conferences.participants(CONFERENCE_SID)).toEqual([]);
  });

  it.each([
    [{ muted: true }, { Muted: 'true' }],
    [
      { muted: false, coaches: null },
      { Muted: 'false', Coaching: 'false' },
    ],
    [{ coaches: CALL_SID }, { Coaching: 'true', CallSidToCoach: CALL_SID }],
  ])('changes a participant: %j', async (change, form) => {
    const { conferences, asked } = await twilioAnswering(200, { call_sid: OTHER_SID });
    expect(await conferences.change(CONFERENCE_SID, OTHER_SID, change)).toBe(true);
    expect(asked[0]?.path).toBe(
      `${BASE}/Conferences/${CONFERENCE_SID}/Participants/${OTHER_SID}.json`,
    );
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual(form);
  });

  it('tells that a participant, or all of them, have left', async () => {
    const gone = await twilioAnswering(404, refusal(404, 20_404));
    expect(await gone.conferences.change(CONFERENCE_SID, OTHER_SID, { muted: true })).toBe(false);
    expect(await gone.conferences.announce(CONFERENCE_SID, 'https://x.example/say')).toBe(false);
    await gone.conferences.remove(CONFERENCE_SID, OTHER_SID);
    const away = await twilioAnswering(500, refusal(500, 20_500));
    const changed = away.conferences.change(CONFERENCE_SID, OTHER_SID, { muted: true });
    await expect(changed).rejects.toMatchObject({ status: 500, code: 'twilio_refused' });
  });

  it('hears an announcement, and loses who is removed', async () => {
    const { conferences, asked } = await twilioAnswering(200, { sid: CONFERENCE_SID });
    expect(await conferences.announce(CONFERENCE_SID, 'https://x.example/say?a=1')).toBe(true);
    expect(asked[0]?.path).toBe(`${BASE}/Conferences/${CONFERENCE_SID}.json`);
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      AnnounceUrl: 'https://x.example/say?a=1',
      AnnounceMethod: 'POST',
    });
    const removing = await twilioAnswering(204);
    await removing.conferences.remove(CONFERENCE_SID, OTHER_SID);
    expect(removing.asked[0]?.method).toBe('DELETE');
  });
});
