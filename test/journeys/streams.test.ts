import { afterAll, describe, expect, inject, it } from 'vitest';
import type { Message } from '../../functions/src/calls/model.ts';
import {
  openStream,
  type ReceivedEvent,
  type TestClient,
} from '../../functions/src/streams/sse-client.fixture.ts';
import {
  archived,
  ask,
  callIdOf,
  closeClients,
  liveValue,
  login,
  telephone,
  transcript,
} from './support.ts';

const suite = inject('suite');

afterAll(closeClients);

/** What a client has after these events; a message that comes twice in one state is an error. */
function listOf(events: readonly ReceivedEvent[]): Message[] {
  const list = new Map<string, Message>();
  for (const { data } of events) {
    for (const message of data.messages ?? data.conversation?.messages ?? []) {
      const known = list.get(message.id);
      if (known && known.spoken === message.spoken) throw new Error('A message came twice.');
      list.set(message.id, message);
    }
  }
  return [...list.values()];
}

/** Resolves when the client has these words, whoever said them. */
async function until(client: TestClient, words: string): Promise<void> {
  await expect.poll(() => JSON.stringify(client.events)).toContain(words);
}

async function follow(base: string, path: string, options: { email?: string; id?: string } = {}) {
  return openStream(base + path, {
    authorization: `Bearer ${await login(suite, options.email)}`,
    ...(options.id === undefined ? {} : { 'last-event-id': options.id }),
  });
}

async function streamsUrl(): Promise<string> {
  const { body } = await ask(suite, '/api/config');
  return body.streams_base_url as string;
}

describe('a call that supervisors follow', () => {
  it('is told live through Hosting and at the function itself, resumes, and ends (I6)', async () => {
    const direct = await streamsUrl();
    expect(direct).toContain('/streams');
    const list = await follow(suite.baseUrl, '/api/calls/stream');
    const strangers = await follow(direct, '/api/calls/stream', { email: 'other@example.com' });
    expect([list.status, strangers.status]).toEqual([200, 200]);
    const clients: TestClient[] = [];
    const before: ReceivedEvent[] = [];
    let turn = 0;

    const call = await telephone(suite, {
      caller: {
        next: async (gather) => {
          turn += 1;
          const id = new URL(gather.action).searchParams.get('call') ?? '';
          const path = `/api/conversation/${id.replace('call_', 'conv_')}/stream`;
          if (turn === 1) return { say: 'there is a fire in the paint shop' };
          if (turn === 2) {
            await expect.poll(() => liveValue(suite, `active_calls/${id}`)).not.toBeNull();
            clients.push(await follow(suite.baseUrl, path), await follow(direct, path));
            const stranger = await follow(direct, path, { email: 'other@example.com' });
            expect([stranger.status, stranger.body.error.code]).toEqual([404, 'not_found']);
            for (const client of clients) await until(client, 'there is a fire');
            return { say: 'nobody is hurt' };
          }
          if (turn === 3) {
            const [first, second] = clients as [TestClient, TestClient];
            await until(first, 'nobody is hurt');
            second.leave();
            await second.ended;
            before.push(...second.events);
            return { say: 'the alarm is ringing' };
          }
          await until(clients[0] as TestClient, 'the alarm is ringing');
          const id2 = clients[1]?.lastId() ?? '';
          clients.push(await follow(direct, path, { id: id2 }));
          return { hangUp: true };
        },
      },
    });

    const id = callIdOf(call);
    const { conversation } = await archived(suite, id, 5);
    const [first, , resumed] = clients as [TestClient, TestClient, TestClient];
    for (const client of [first, resumed]) {
      expect(await client.ended).toBe(false);
      expect(client.events.at(-1)).toMatchObject({
        event: 'ended',
        data: { call: { call_id: id, status: 'COMPLETE' } },
      });
    }
    const said = transcript(conversation).sort();
    expect(transcript({ messages: listOf(first.events) }).sort()).toEqual(said);
    expect(transcript({ messages: listOf([...before, ...resumed.events]) }).sort()).toEqual(said);
    expect(resumed.events.some(({ event }) => event === 'initial')).toBe(false);

    await until(list, `"removed","data":{"call_id":"${id}","reason":"ended"}`);
    const told = list.events.filter(({ data }) => (data.call?.call_id ?? data.call_id) === id);
    expect(told[0]?.event).toBe('added');
    expect(JSON.stringify(strangers.events)).not.toContain(id);
    list.leave();
    strangers.leave();
  });
});
