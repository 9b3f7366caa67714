import { afterEach, describe, expect, it } from 'vitest';
import { resend, sendSms, sendWebhook } from './telephone.ts';
import { type Answer, startTestAurora, type TestAurora } from './test-aurora.ts';

let aurora: TestAurora | undefined;
afterEach(async () => {
  await aurora?.stop();
  aurora = undefined;
});

async function send(answer: Answer, body = 'gas leak in hall 3') {
  aurora = await startTestAurora({ '/incoming-message': answer });
  const result = await sendSms({ baseUrl: aurora.baseUrl, body });
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
