import { afterEach, describe, expect, it } from 'vitest';
import { resend, type SmsOptions, sendSms, sendWebhook } from './telephone.ts';
import { type Answer, startTestAurora, type TestAurora } from './test-aurora.ts';

let aurora: TestAurora | undefined;
afterEach(async () => {
  await aurora?.stop();
  aurora = undefined;
});

async function send(
  answer: Answer,
  body = 'gas leak in hall 3',
  options: Partial<SmsOptions> = {},
) {
  aurora = await startTestAurora({ '/incoming-message': answer, '/message-status': 204 });
  const result = await sendSms({ baseUrl: aurora.baseUrl, body, ...options });
  return { ...result, seen: aurora.seen, kinds: result.faults.map(({ kind }) => kind) };
}
const plain =
  (text: string, contentType = 'text/plain'): Answer =>
  (_seen, response) => {
    response.writeHead(200, { 'content-type': contentType }).end(text);
    return undefined;
  };

describe('a text message', () => {
  it('arrives signed, and its replies come back', async () => {
    const { replies, seen, faults, messageSid } = await send(
      '<Message>Leave &amp; call.</Message><Message><Body>Now.</Body></Message>',
    );
    expect(replies).toEqual(['Leave & call.', 'Now.']);
    expect(faults).toEqual([]);
    expect(seen[0]).toMatchObject({
      signed: true,
      parameters: { MessageSid: messageSid, Body: 'gas leak in hall 3', NumSegments: '1' },
    });
  });

  it('has each reply reported to its status callback, in Twilio’s order', async () => {
    const twiml = '<Message statusCallback="/message-status?call=call_1">Go.</Message>';
    const { seen } = await send(twiml);
    const reports = seen.filter(({ path }) => path.startsWith('/message-status'));
    expect(reports.map(({ signed, parameters }) => [signed, parameters.MessageStatus])).toEqual([
      [true, 'sent'],
      [true, 'delivered'],
    ]);
  });

  it('has a reply that does not arrive reported with Twilio’s code', async () => {
    const twiml = '<Message statusCallback="/message-status">Go.</Message>';
    const { seen } = await send(twiml, 'fire', { undelivered: '30003' });
    expect(seen.at(-1)?.parameters).toMatchObject({
      MessageStatus: 'undelivered',
      ErrorCode: '30003',
    });
  });

  it('may bring media and, by WhatsApp, a place', async () => {
    const { seen } = await send('', 'look', {
      from: 'whatsapp:+15550100001',
      media: ['image/jpeg', 'audio/ogg'],
      parameters: { Latitude: '28.6', Longitude: '77.2' },
    });
    expect(seen[0]?.parameters).toMatchObject({
      From: 'whatsapp:+15550100001',
      WaId: '15550100001',
      NumMedia: '2',
      MediaContentType1: 'audio/ogg',
      Latitude: '28.6',
    });
  });

  it.each([
    ['an empty document', '', []],
    ['no content', 204, []],
    ['plain text, which is the reply', plain('Leave.'), ['Leave.']],
  ] as [string, Answer, string[]][])('may be answered with %s', async (_name, answer, replies) => {
    expect(await send(answer)).toMatchObject({ replies, faults: [] });
  });

  it.each([
    ['a status of 500', 500, 'http-status'],
    ['JSON', plain('{}', 'application/json'), 'wrong-content-type'],
    ['invalid XML', plain('<Response>', 'text/xml'), 'invalid-xml'],
    ['a verb of a call', '<Say>Hello</Say>', 'unknown-verb'],
    ['1601 characters', `<Message>${'a'.repeat(1601)}</Message>`, 'message-too-long'],
    ['an empty message', '<Message/>', 'message-too-long'],
  ] as [string, Answer, string][])('reports %s', async (_name, answer, kind) => {
    expect(await send(answer)).toMatchObject({ replies: [], kinds: [kind] });
  });
});

describe('one webhook', () => {
  it('can be sent, and the same bytes again', async () => {
    aurora = await startTestAurora({ '/call-status': 204 });
    const parameters = { CallSid: 'CA1', CallStatus: 'completed' };
    const first = await sendWebhook({ url: `${aurora.baseUrl}/call-status`, parameters });
    const second = await resend(first.request);
    expect([first.status, second.status]).toEqual([204, 204]);
    const [one, two] = aurora.seen;
    expect(one).toMatchObject({ signed: true, parameters });
    expect(two?.body).toBe(one?.body);
    expect(two?.headers).toEqual(one?.headers);
  });

  it('can be sent spoilt', async () => {
    aurora = await startTestAurora({ '/call-status': 204 });
    const url = `${aurora.baseUrl}/call-status`;
    await sendWebhook({ url, parameters: { CallSid: 'CA1' }, authToken: 'a stranger' });
    await sendWebhook({
      url,
      parameters: { CallSid: 'CA1' },
      headers: { 'content-type': 'application/json' },
    });
    expect(aurora.seen[0]?.signed).toBe(false);
    expect(aurora.seen[1]?.headers['content-type']).toBe('application/json');
  });

  it('says why there was no answer', async () => {
    aurora = await startTestAurora({ '/x': () => undefined });
    const timeouts = { connectTimeout: 1_000, readTimeout: 50, totalTimeout: 1_000 };
    const sending = sendWebhook({ url: `${aurora.baseUrl}/x`, parameters: {}, timeouts });
    await expect(sending).rejects.toThrow('nothing came for 50 ms');
  });
});
