import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../events.ts';
import { type Answer, startTestAurora, type TestAurora } from '../test-aurora.ts';
import { callIdOf, manualsOf } from './afterwards.ts';

let aurora: TestAurora | undefined;
afterEach(async () => {
  await aurora?.stop();
  aurora = undefined;
});

const json =
  (body: unknown): Answer =>
  (_seen, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return undefined;
  };

async function manuals(conversation: Answer) {
  aurora = await startTestAurora({
    '/login': json({ access_token: 'a-token' }),
    '/api/conversation/conv_1': conversation,
  });
  return manualsOf(aurora.baseUrl, 'call_1');
}

describe('the manuals of a call', () => {
  it('are asked for as the demo supervisor, and named once each', async () => {
    const messages = [
      { sources: '' },
      { sources: 'Fire; Evacuation' },
      { sources: 'Fire' },
      { role: 'user' },
    ];
    expect(await manuals(json({ messages }))).toEqual(['Fire', 'Evacuation']);
    expect(JSON.parse(aurora?.seen[0]?.body ?? '{}')).toHaveProperty('email', 'admin@example.com');
    expect(aurora?.seen[1]?.headers.authorization).toBe('Bearer a-token');
  });

  it('are unknown where Aurora does not say', async () => {
    expect(await manuals(404)).toBeUndefined();
  });

  it('are not asked for elsewhere: the demo password is nobody’s business', async () => {
    expect(await manualsOf('https://aurora.example', 'call_1')).toBeUndefined();
  });
});

it("finds Aurora's id of a call in the URLs that the call went to", () => {
  const to = (url: string) => ({ request: { url } }) as Exchange;
  const urls = ['http://h/incoming-call', 'http://h/start-call?call=call_1', 'http://h/x?call=b'];
  expect(callIdOf(urls.map(to))).toBe('call_1');
  expect(callIdOf([to('http://h/incoming-call')])).toBeUndefined();
});
