import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from '../../../emulators/twilio/local-account.ts';
import { createTwilioRestServer } from '../../../emulators/twilio/rest-server.ts';
import type { CallRecord } from '../../../emulators/twilio/switchboard.ts';
import { createTwilioCalls } from './calls.ts';

const CALL_SID = 'CA0123456789abcdef0123456789abcdef';
const account = { accountSid: LOCAL_ACCOUNT_SID, authToken: LOCAL_AUTH_TOKEN };

const record: CallRecord = {
  accountSid: LOCAL_ACCOUNT_SID,
  callSid: CALL_SID,
  from: '+15550100001',
  to: '+15550100002',
  status: 'in-progress',
  createdAt: new Date('2025-10-04T09:00:00Z'),
  startedAt: new Date('2025-10-04T09:00:01Z'),
  endedAt: null,
  durationInSeconds: null,
};

describe("a call's state at Twilio", () => {
  const rest = createTwilioRestServer({ ...account, port: 0 });
  beforeEach(() => rest.start());
  afterEach(() => rest.stop());
  const calls = (authToken = LOCAL_AUTH_TOKEN) =>
    createTwilioCalls({ ...account, authToken, baseUrl: rest.url });

  it('is told while the call goes on, and with its end when it is over', async () => {
    const change = rest.switchboard.connect(record, { update: async () => true });
    expect(await calls().state(CALL_SID)).toEqual({ status: 'in-progress' });
    const endedAt = new Date('2025-10-04T09:05:00Z');
    change({ ...record, status: 'completed', endedAt, durationInSeconds: 299 });
    expect(await calls().state(CALL_SID)).toEqual({ status: 'completed', endedAt });
  });

  it('is undefined where Twilio knows no such call', async () => {
    expect(await calls().state(`CA${'9'.repeat(32)}`)).toBeUndefined();
  });

  it('is an error with wrong credentials', async () => {
    await expect(calls('wrong').state(CALL_SID)).rejects.toMatchObject({
      name: 'AuroraError',
      status: 401,
      code: 'twilio_refused',
    });
  });

  it('is an error where nobody answers at all', async () => {
    await rest.stop();
    const asked = calls().state(CALL_SID);
    await expect(asked).rejects.toMatchObject({ status: 503, code: 'twilio_away' });
    await rest.start();
  });
});

describe('a call that is redirected at Twilio', () => {
  const rest = createTwilioRestServer({ ...account, port: 0 });
  beforeEach(() => rest.start());
  afterEach(() => rest.stop());
  const calls = (authToken = LOCAL_AUTH_TOKEN) =>
    createTwilioCalls({ ...account, authToken, baseUrl: rest.url });

  it('runs the TwiML', async () => {
    const updates: unknown[] = [];
    rest.switchboard.connect(record, { update: async (update) => updates.push(update) > 0 });
    expect(await calls().redirect(CALL_SID, '<Response><Hangup/></Response>')).toBe(true);
    expect(updates).toEqual([{ kind: 'twiml', twiml: '<Response><Hangup/></Response>' }]);
  });

  it('is told to be over where it is, and where Twilio does not know it', async () => {
    rest.switchboard.connect(
      { ...record, status: 'completed', endedAt: new Date() },
      { update: async () => false },
    );
    expect(await calls().redirect(CALL_SID, '<Response/>')).toBe(false);
    expect(await calls().redirect(`CA${'9'.repeat(32)}`, '<Response/>')).toBe(false);
  });

  it('is an error with wrong credentials, and where nobody answers', async () => {
    await expect(calls('wrong').redirect(CALL_SID, '<Response/>')).rejects.toMatchObject({
      status: 401,
      code: 'twilio_refused',
    });
    await rest.stop();
    await expect(calls().redirect(CALL_SID, '<Response/>')).rejects.toMatchObject({
      status: 503,
      code: 'twilio_away',
    });
    await rest.start();
  });
});

describe('an answer that is not as it should be', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function answering(listener: RequestListener, path = '') {
    server = createServer(listener);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}${path}`;
    return createTwilioCalls({ ...account, baseUrl, deadline: 200 });
  }

  const json = (status: number, body: unknown): RequestListener => {
    return (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
  };

  it.each([429, 500, 503])(
    'is an error when it is a %i, and is not asked for again',
    async (status) => {
      let asked = 0;
      const calls = await answering((request, response) => {
        asked++;
        json(status, { code: 20_000, message: 'no', status })(request, response);
      });
      await expect(calls.state(CALL_SID)).rejects.toMatchObject({ status, code: 'twilio_refused' });
      expect(asked).toBe(1);
    },
  );

  it.each([
    ['silence', (() => {}) as RequestListener],
    [
      'a body that never ends',
      ((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      }) as RequestListener,
    ],
  ])('is an error when it is %s', async (_name, listener) => {
    const calls = await answering(listener);
    await expect(calls.state(CALL_SID)).rejects.toMatchObject({ name: 'AuroraError', status: 503 });
  });

  it.each([
    ['of another call', { sid: `CA${'f'.repeat(32)}`, status: 'completed' }],
    ['without a status', { sid: CALL_SID }],
    ['empty', {}],
  ])('is an error when it is %s', async (_name, body) => {
    const calls = await answering(json(200, body));
    await expect(calls.state(CALL_SID)).rejects.toMatchObject({ code: 'twilio_malformed' });
  });

  it('is an error when it is no JSON', async () => {
    const calls = await answering((_request, response) => response.end('<html>completed</html>'));
    await expect(calls.state(CALL_SID)).rejects.toMatchObject({ name: 'AuroraError' });
  });

  it.each([null, '', 'yesterday'])('has no end where that is told as %j', async (end_time) => {
    const calls = await answering(json(200, { sid: CALL_SID, status: 'completed', end_time }));
    expect(await calls.state(CALL_SID)).toEqual({ status: 'completed' });
  });

  it('is found below the path of another address', async () => {
    const paths: (string | undefined)[] = [];
    const calls = await answering((request, response) => {
      paths.push(request.url);
      json(200, { sid: CALL_SID, status: 'busy', end_time: null })(request, response);
    }, '/proxy/');
    expect(await calls.state(CALL_SID)).toEqual({ status: 'busy' });
    expect(paths).toEqual([
      `/proxy/2010-04-01/Accounts/${LOCAL_ACCOUNT_SID}/Calls/${CALL_SID}.json`,
    ]);
  });

  it('shows nothing of the credentials in its error', async () => {
    const calls = await answering(() => {});
    const error = await calls.state(CALL_SID).catch((thrown: unknown) => thrown);
    const seen = JSON.stringify(error, Object.getOwnPropertyNames(error));
    expect(seen).not.toContain(LOCAL_AUTH_TOKEN);
    expect(seen).not.toContain('Basic');
    expect((error as Error).cause).toBeUndefined();
  });
});
