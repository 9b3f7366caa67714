import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ControlClient, connectToRestServer } from './control-client.ts';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from './local-account.ts';
import { createTwilioRestServer, type TwilioRestServer } from './rest-server.ts';
import { startTestAurora, type TestAurora } from './test-aurora.ts';
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

const client = () => restClient(rest.url);

describe('a message', () => {
  const message = { to: '+15550100001', from: '+15550100002', body: 'Help is being called.' };

  it('is recorded, and stays sent where nobody listens', async () => {
    const sent = await client().messages.create(message);
    expect(sent).toMatchObject({ ...message, status: 'queued', numSegments: '1' });
    expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(rest.messages()).toMatchObject([{ messageSid: sent.sid, ...message }]);
    expect((await client().messages(sent.sid).fetch()).status).toBe('sent');
  });

  it('reaches a telephone that listens for its number', async () => {
    line = await connectToRestServer({ restUrl: rest.url });
    const received = new Promise((resolve) => line?.listen('+15550100001', resolve));
    const { sid } = await client().messages.create(message);
    expect(await received).toEqual({ messageSid: sid, ...message });
    await expect.poll(() => rest.messages()[0]?.status).toBe('delivered');
  });

  it('reports its delivery, signed', async () => {
    aurora = await startTestAurora({ '/message-status': 204 });
    const stopListening = rest.switchboard.listen('+15550100001', () => {});
    const statusCallback = `${aurora.baseUrl}/message-status`;
    const { sid } = await client().messages.create({ ...message, statusCallback });
    await expect.poll(() => aurora?.seen.length).toBe(2);
    expect(aurora.seen.map(({ signed, parameters }) => [signed, parameters.MessageStatus])).toEqual(
      [
        [true, 'sent'],
        [true, 'delivered'],
      ],
    );
    expect(aurora.seen[0]?.parameters).toMatchObject({ MessageSid: sid, To: message.to });
    stopListening();
  });

  it('is listed, newest first, by page and by number', async () => {
    for (const body of ['one', 'two', 'three']) {
      await client().messages.create({ ...message, body });
    }
    await client().messages.create({ ...message, to: '+15550100005', body: 'four' });
    const bodies = (list: { body: string }[]) => list.map(({ body }) => body);
    expect(bodies(await client().messages.list())).toEqual(['four', 'three', 'two', 'one']);
    const to = { to: '+15550100001' };
    expect(bodies(await client().messages.list({ ...to, pageSize: 2 }))).toEqual([
      'three',
      'two',
      'one',
    ]);
    expect(bodies(await client().messages.list({ limit: 1 }))).toEqual(['four']);
  });

  it.each([
    ['without a number', { to: '' }, 21604],
    ['without words', { body: '' }, 21602],
    ['to nobody', { to: 'anonymous' }, 21211],
    ['of 1601 characters', { body: 'a'.repeat(1_601) }, 21617],
  ])('%s is refused', async (_name, wrong, code) => {
    const sending = client().messages.create({ ...message, ...wrong });
    await expect(sending).rejects.toMatchObject({ status: 400, code });
    expect(rest.messages()).toEqual([]);
  });

  it('that is not there is not found', async () => {
    const sid = 'SM00000000000000000000000000000009';
    await expect(client().messages(sid).fetch()).rejects.toMatchObject({ code: 20404 });
  });
});
