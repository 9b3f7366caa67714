import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ControlClient, connectToRestServer } from './control-client.ts';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from './local-account.ts';
import { createTwilioRestServer, type TwilioRestServer } from './rest-server.ts';
import { type CallOptions, type CallResult, placeCall, scriptedCaller } from './telephone.ts';
import { type Answer, startTestAurora, type TestAurora } from './test-aurora.ts';
import { restClient } from './test-rest-client.ts';

const account = { accountSid: LOCAL_ACCOUNT_SID, authToken: LOCAL_AUTH_TOKEN };

let rest: TwilioRestServer;
let aurora: TestAurora | undefined;
let line: ControlClient | undefined;

beforeEach(async () => {
  rest = createTwilioRestServer({ ...account, port: 0 });
  await rest.start();
});
afterEach(async () => {
  line?.close();
  line = undefined;
  await aurora?.stop();
  aurora = undefined;
  await rest.stop();
});

const client = (authToken?: string) => restClient(rest.url, authToken);

interface Running {
  readonly callSid: string;
  readonly result: Promise<CallResult>;
}

/** A call that waits in a Gather, where the caller has nothing to say. */
async function waitingCall(
  answers: Record<string, Answer>,
  options: Partial<CallOptions> = {},
): Promise<Running> {
  aurora = await startTestAurora({
    '/incoming-call': '<Gather input="speech" action="/turn"><Say>Tell me.</Say></Gather>',
    ...answers,
  });
  const { baseUrl } = aurora;
  return new Promise((resolve) => {
    let callSid = '';
    const result = placeCall({
      baseUrl,
      timeScale: 0,
      switchboard: line ?? rest.switchboard,
      caller: {
        next: (_gather, signal) =>
          new Promise((answer) => {
            signal.addEventListener('abort', () => answer({ silent: true }));
            resolve({ callSid, result });
          }),
      },
      onEvent: (event) => {
        if (event.type === 'call-started') callSid = event.callSid;
      },
      ...options,
    });
  });
}

describe.each(['in this process', 'in another process'])('a call %s', (where) => {
  beforeEach(async () => {
    if (where === 'in another process') {
      line = await connectToRestServer({ restUrl: rest.url, ...account });
    }
  });

  it('can be read', async () => {
    const { callSid, result } = await waitingCall({});
    const call = await client().calls(callSid).fetch();
    expect(call).toMatchObject({
      sid: callSid,
      accountSid: LOCAL_ACCOUNT_SID,
      status: 'in-progress',
      direction: 'inbound',
      from: '+15550100001',
      to: '+15550100002',
      duration: null,
    });
    expect(call.startTime).toBeInstanceOf(Date);
    await client().calls(callSid).update({ status: 'completed' });
    await result;
    const over = await client().calls(callSid).fetch();
    expect(over).toMatchObject({ status: 'completed', duration: '1' });
    expect(over.endTime).toBeInstanceOf(Date);
  });

  it('goes on with TwiML that is given to it, at once', async () => {
    const { callSid, result } = await waitingCall({});
    const twiml = '<Response><Say>This is Anna.</Say><Hangup/></Response>';
    await client().calls(callSid).update({ twiml });
    expect(await result).toMatchObject({
      said: ['Tell me.', 'This is Anna.'],
      endedBy: 'aurora',
      faults: [],
    });
  });

  it('goes on at a URL that is given to it', async () => {
    const { callSid, result } = await waitingCall({ '/takeover': '<Say>This is Anna.</Say>' });
    const url = `${aurora?.baseUrl}/takeover?by=anna`;
    await client().calls(callSid).update({ url, method: 'GET' });
    expect(await result).toMatchObject({ said: ['Tell me.', 'This is Anna.'] });
    expect(aurora?.seen[1]).toMatchObject({
      method: 'GET',
      signed: true,
      parameters: { by: 'anna', CallSid: callSid, CallStatus: 'in-progress' },
    });
  });

  it('needs absolute action URLs in TwiML that is given to it', async () => {
    const { callSid, result } = await waitingCall({
      '/twilio-fallback.xml': '<Say>Call the emergency number.</Say>',
    });
    const twiml = '<Response><Gather input="speech" action="/turn"/></Response>';
    await client().calls(callSid).update({ twiml });
    const { faults, said } = await result;
    expect(faults).toMatchObject([{ kind: 'invalid-url', code: 11100, severity: 'error' }]);
    expect(said).toEqual(['Tell me.', 'Call the emergency number.']);
  });

  it('can be ended', async () => {
    const { callSid, result } = await waitingCall({});
    await client().calls(callSid).update({ status: 'completed' });
    expect(await result).toMatchObject({ endedBy: 'aurora', status: 'completed' });
    expect(aurora?.paths()).toEqual(['/incoming-call', '/call-status']);
  });

  it('that is over refuses every change', async () => {
    const { callSid, result } = await waitingCall({});
    await client().calls(callSid).update({ status: 'completed' });
    await result;
    const refused = { status: 400, code: 21220 };
    const twiml = '<Response/>';
    await expect(client().calls(callSid).update({ twiml })).rejects.toMatchObject(refused);
    await expect(client().calls(callSid).update({ status: 'completed' })).rejects.toMatchObject(
      refused,
    );
  });

  it('drops the answer of a webhook that is under way', async () => {
    const callSid = 'CA00000000000000000000000000000001';
    const asked = Promise.withResolvers<void>();
    const updated = Promise.withResolvers<void>();
    aurora = await startTestAurora({
      '/incoming-call': '<Gather input="speech" action="/turn"/>',
      '/turn': async (_seen, response) => {
        asked.resolve();
        await updated.promise;
        response.setHeader('content-type', 'text/xml');
        response.end('<Response><Say>never heard</Say></Response>');
      },
    });
    const { baseUrl } = aurora;
    const switchboard = line ?? rest.switchboard;
    const caller = scriptedCaller(['fire']);
    const calling = placeCall({ baseUrl, caller, callSid, switchboard, timeScale: 0 });
    await asked.promise;
    const twiml = '<Response><Say>This is Anna.</Say></Response>';
    await client().calls(callSid).update({ twiml });
    updated.resolve();
    const { said, exchanges } = await calling;
    expect(said).toEqual(['This is Anna.']);
    expect(exchanges.map(({ purpose }) => purpose)).toContain('gather');
  });

  it('that still rings can be canceled, but not redirected', async () => {
    const callSid = 'CA00000000000000000000000000000002';
    const asked = Promise.withResolvers<void>();
    const canceled = Promise.withResolvers<void>();
    aurora = await startTestAurora({
      '/incoming-call': async (_seen, response) => {
        asked.resolve();
        await canceled.promise;
        response.end();
      },
    });
    const { baseUrl } = aurora;
    const switchboard = line ?? rest.switchboard;
    const caller = scriptedCaller([]);
    const calling = placeCall({ baseUrl, caller, callSid, switchboard, timeScale: 0 });
    await asked.promise;
    const call = client().calls(callSid);
    await expect(call.update({ twiml: '<Response/>' })).rejects.toMatchObject({ code: 21220 });
    await call.update({ status: 'canceled' });
    canceled.resolve();
    expect(await calling).toMatchObject({ status: 'canceled', durationSeconds: 0 });
  });
});

describe('a request about calls', () => {
  it('for one that nobody knows is refused', async () => {
    const call = client().calls('CA00000000000000000000000000000009');
    const refused = { status: 404, code: 20404 };
    await expect(call.fetch()).rejects.toMatchObject(refused);
    await expect(call.update({ status: 'completed' })).rejects.toMatchObject(refused);
  });

  it('with wrong credentials is refused', async () => {
    const call = client('wrong').calls('CA00000000000000000000000000000009');
    await expect(call.fetch()).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  it('for another account is refused', async () => {
    const authorization = `Basic ${btoa(`${LOCAL_ACCOUNT_SID}:${LOCAL_AUTH_TOKEN}`)}`;
    const path = '/2010-04-01/Accounts/AC11111111111111111111111111111111/Messages.json';
    const answer = await fetch(rest.url + path, { headers: { authorization } });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 20404, status: 404 });
  });

  it('with what Twilio does not take is refused, and the call goes on', async () => {
    const { callSid, result } = await waitingCall({});
    const call = client().calls(callSid);
    const long = `<Response><Say>${'a'.repeat(4_000)}</Say></Response>`;
    await expect(call.update({ twiml: long })).rejects.toMatchObject({ status: 400, code: 32018 });
    await expect(call.update({ url: '/relative' })).rejects.toMatchObject({ code: 21205 });
    const both = { url: 'http://127.0.0.1/x', twiml: '<Response/>' };
    await expect(call.update(both)).rejects.toMatchObject({ status: 400, code: 20001 });
    await expect(call.update({ status: 'canceled' })).rejects.toMatchObject({ code: 21220 });
    expect(await call.fetch()).toMatchObject({ status: 'in-progress' });
    await call.update({ status: 'completed' });
    await result;
  });
});

describe('the control channel', () => {
  it('admits nobody with a wrong token', async () => {
    const connecting = connectToRestServer({ restUrl: rest.url, authToken: 'wrong' });
    await expect(connecting).rejects.toThrow('wrong account or auth token');
  });

  it.each([
    ['what is not of its form', 'hello'],
    ['a telephone that does not say who it is', '{"type":"listen","number":"+15550100001"}'],
  ])('closes on %s', async (_name, text) => {
    const socket = new WebSocket(`${rest.url.replace('http', 'ws')}/telephone`);
    socket.on('open', () => socket.send(text));
    const code = await new Promise((resolve) => socket.on('close', resolve));
    expect([4400, 4401]).toContain(code);
  });

  it('is only at its own path', async () => {
    const socket = new WebSocket(`${rest.url.replace('http', 'ws')}/other`);
    const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
    expect(error.message).toContain('404');
  });

  it('says so where there is no REST server', async () => {
    await rest.stop();
    await expect(connectToRestServer({ restUrl: rest.url })).rejects.toThrow('ECONNREFUSED');
    rest = createTwilioRestServer({ ...account, port: 0 });
    await rest.start();
  });

  it('takes a telephone that goes away as one that hung up', async () => {
    line = await connectToRestServer({ restUrl: rest.url });
    const { callSid, result } = await waitingCall({});
    await client().calls(callSid).fetch();
    line.close();
    await expect.poll(async () => (await client().calls(callSid).fetch()).status).toBe('completed');
    const late = client().calls(callSid).update({ status: 'completed' });
    await expect(late).rejects.toMatchObject({ code: 21220 });
    await aurora?.stop();
    void result;
  });
});

it('a port that is taken is named', async () => {
  const second = createTwilioRestServer({ ...account, port: rest.port });
  await expect(second.start()).rejects.toThrow(
    `EADDRINUSE: address already in use 127.0.0.1:${rest.port}`,
  );
});
