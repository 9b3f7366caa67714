import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../events.ts';
import { type Answer, startTestAurora, type TestAurora } from '../test-aurora.ts';
import { callIdOf, createManuals } from './manuals.ts';

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
const reply = (sources: string) => ({ role: 'assistant', sources });

async function manualsWith(conversation: Answer) {
  aurora = await startTestAurora({
    '/login': json({ access_token: 'a-token' }),
    '/api/conversation/conv_1': conversation,
  });
  return createManuals(aurora.baseUrl);
}

describe('the manuals of a call', () => {
  const messages = [
    reply(''),
    { role: 'user', sources: '' },
    reply('Fire; Evacuation'),
    reply('Fire'),
  ];

  it('are asked for as the demo supervisor, and named once each', async () => {
    const manuals = await manualsWith(json({ messages }));
    expect(await manuals.ofCall('call_1')).toEqual(['Fire', 'Evacuation']);
    expect(JSON.parse(aurora?.seen[0]?.body ?? '{}')).toHaveProperty('email', 'admin@example.com');
    expect(aurora?.seen[1]?.headers.authorization).toBe('Bearer a-token');
  });

  it('are told for the newest reply, with one log-in for all', async () => {
    const manuals = await manualsWith(json({ messages }));
    expect(await manuals.ofNewestReply('call_1')).toBe('Fire');
    await manuals.ofCall('call_1');
    expect(aurora?.paths().filter((path) => path === '/login')).toHaveLength(1);
  });

  it('are none where Aurora does not say', async () => {
    const manuals = await manualsWith(404);
    expect(await manuals.ofCall('call_1')).toEqual([]);
    expect(await manuals.ofNewestReply('call_1')).toBe('');
  });

  it('are not asked for elsewhere, where the demo password is no business of ours', async () => {
    expect(await createManuals('https://aurora.example').ofCall('call_1')).toEqual([]);
  });
});

it.each([
  ['http://h/start-call?call=call_1&turn=2', 'call_1'],
  ['http://h/incoming-call', undefined],
])("finds Aurora's id of a call in %s", (url, id) => {
  expect(callIdOf({ request: { url } } as Exchange)).toBe(id);
});
