import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { placeCall, scriptedCaller } from '../../../emulators/twilio/telephone.ts';
import type { Assistant } from '../assistant/assistant.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { ACCOUNT, type Surroundings, startWebhooks, TOKEN } from './webhooks.fixture.ts';

/** What a caller hears through the telephone when something of ours is broken (I8). */
let stop: (() => Promise<unknown>) | undefined;
afterEach(() => stop?.());

async function call(surroundings: Surroundings) {
  const webhooks = await startWebhooks(surroundings);
  stop = webhooks.stop;
  return placeCall({
    baseUrl: webhooks.publicBaseUrl,
    accountSid: ACCOUNT,
    authToken: TOKEN,
    timeScale: 0,
    caller: scriptedCaller(['there is a fire', 'what now']),
  });
}

const broken = (reply: Assistant['reply']): Assistant => ({
  reply,
  card: (_, number) => ({
    reply: `Move away. Call ${number}.`,
    urgency: 'URGENT',
    sources: '',
  }),
});

const fullDisk = {
  ...createMemoryJournal(),
  append: () => {
    throw new Error('ENOSPC');
  },
};
const away = () => Promise.reject(new Error('away'));

describe('the telephone hears help, and the line stays open until the caller hangs up, when', () => {
  it.each<[string, Surroundings]>([
    ['the assistant throws', { assistant: broken(away) }],
    ['the assistant hangs', { assistant: broken(() => new Promise(() => {})), watchdog: 100 }],
    ['the disk is full', { journal: fullDisk }],
    ['the queue is away', { enqueue: away }],
    ['queue and database are away', { enqueue: away, apply: away }],
    ['disk, queue and database fail at once', { journal: fullDisk, enqueue: away, apply: away }],
  ])('%s', async (_, surroundings) => {
    const { faults, said, endedBy } = await call(surroundings);
    // A status callback whose end nothing could hold is refused, so that it may be sent again.
    expect(faults.filter(({ kind }) => kind !== 'status-callback-refused')).toEqual([]);
    expect(endedBy).toBe('caller');
    expect(said).toHaveLength(3);
    expect(said[1]).toContain('112');
  });

  it('the function does not answer at all: the static fallback speaks', async () => {
    const fallback =
      '<Response><Say>Call 112 now.</Say><Redirect method="POST">/incoming-call</Redirect></Response>';
    const server = createServer((request, response) => {
      const path = request.url?.split('?')[0];
      const isFallback = request.method === 'GET' && path === '/twilio-fallback.xml';
      response.writeHead(isFallback ? 200 : 503, { 'content-type': 'text/xml' });
      response.end(isFallback ? fallback : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stop = () => new Promise((resolve) => server.close(resolve));
    const { said } = await placeCall({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeScale: 0,
      caller: scriptedCaller(['there is a fire']),
    });
    expect(said).toContain('Call 112 now.');
  });
});
