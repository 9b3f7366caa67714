import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, CALL_ID, ended, judged, STARTED } from '../calls/events.fixture.ts';
import { conversationId, messageId } from '../calls/ids.ts';
import type { CallEvent, CallStarted, Heard, Message, Role } from '../calls/model.ts';
import { compareMessages } from '../calls/order.ts';
import type { ReceivedEvent, TestClient } from './sse-client.fixture.ts';
import { useStreams } from './streams.fixture.ts';

const setUp = useStreams();

/** Another call with the same events, so that each run has its own. */
let calls = 0;
function nextCall() {
  const tail = (++calls).toString(16).padStart(6, '0');
  const callId = CALL_ID.replace('abcdef', tail);
  const ids = { call_id: callId, call_sid: `CA${'0'.repeat(26)}${tail}` };
  const started: CallStarted = { ...STARTED, ...ids, conversation_id: conversationId(callId) };
  const batch = (events: CallEvent[]) => [
    started,
    ...events.map((event) => ({ ...event, call_id: callId, ...('call_sid' in event && ids) })),
  ];
  return { callId, batch };
}

/** Turns as a call may have them: forks of one n, and after a fallback a jump. */
const TURNS = [
  { n: 0, random: 'greeting00' },
  { n: 1, random: 'aaaaaaaaaa' },
  { n: 1, random: 'bbbbbbbbbb' },
  { n: 2, random: 'cccccccccc' },
  { n: 100_000, random: 'dddddddddd' },
  { n: 100_001, random: 'eeeeeeeeee' },
];

function said(place: number, role: Role, heard?: Heard): CallEvent {
  const turn = TURNS[place] ?? { n: 7, random: 'ffffffffff' };
  const id = messageId(turn, role);
  const content = `${role} ${place}`;
  const message = { id, role, content, timestamp: at(place + 1), sources: '' };
  return { type: 'message_added', call_id: CALL_ID, message, ...(heard && { heard }) };
}

/** The caller's words of a turn tell that the reply of the one before was another one. */
function heardOther(place: number): CallEvent {
  const before = TURNS[place - 1] ?? { n: 0, random: 'greeting00' };
  return said(place, 'user', { id: messageId(before, 'assistant'), hash: '00000000' });
}

const EVENTS: CallEvent[] = [
  ...TURNS.flatMap((_, place) => [said(place, 'user'), said(place, 'assistant')]),
  said(2, 'admin'),
  heardOther(2),
  heardOther(4),
  judged('URGENT', 1),
  judged('CRITICAL', 100_000),
];

type Step =
  | { do: 'apply'; count: number }
  | { do: 'cut'; kept: number; instance: number; by: 'header' | 'query' }
  | { do: 'read' }
  | { do: 'settle' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('apply' as const),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('cut' as const),
      kept: fc.nat(4),
      instance: fc.nat(1),
      by: fc.constantFrom('header' as const, 'query' as const),
    }),
  },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'read' }) },
);

/** A client as the contract asks it to be, that notes what it should never have been sent. */
function createReader() {
  const list = new Map<string, Message>();
  const faults: string[] = [];
  let lastId: string | undefined;
  let call: { urgency?: string; status?: string } = {};
  return {
    faults,
    lastId: () => lastId,
    call: () => call,
    messages: () => [...list.values()].sort(compareMessages),
    take({ event, id, data }: ReceivedEvent) {
      if (event === 'error') faults.push(`error ${data.code}`);
      if (event === 'initial' && lastId !== undefined) faults.push('initial again');
      lastId = id ?? lastId;
      call = data.call ?? call;
      for (const message of data.messages ?? data.conversation?.messages ?? []) {
        const known = list.get(message.id);
        if (known && known.spoken === message.spoken) faults.push(`${message.id} twice`);
        list.set(message.id, message);
      }
    },
  };
}

describe('a client that is cut off anywhere and comes back, on either of two instances', () => {
  it('has the conversation as it is archived, and was sent no message twice in one state', async () => {
    const { mirror, settle, archive, signIn, startInstance, follow } = await setUp();
    const instances = [await startInstance(), await startInstance({ linger: 500 })];
    const token = await signIn('asha');
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(EVENTS, { minLength: 6 }),
        fc.array(anyStep, { minLength: 4, maxLength: 14 }),
        fc.nat(14),
        async (events, steps, settledAt) => {
          const { callId, batch } = nextCall();
          const reader = createReader();
          const coming = [...events];
          await mirror.apply(batch(coming.splice(0, 1)));
          let client: TestClient = await follow(instances[0]?.origin ?? '', token, {
            call: callId,
          });
          reader.take(await client.next());

          async function reopen(instance: number, by: 'header' | 'query'): Promise<void> {
            client.leave();
            const id = reader.lastId() ?? '';
            const { origin } = instances[instance] ?? { origin: '' };
            client = await follow(origin, token, {
              call: callId,
              ...(by === 'header' ? { id } : { since: id }),
            });
            expect(client.status).toBe(200);
          }
          /** What the client had taken in when it was cut off. */
          async function cut({ kept, instance, by }: Extract<Step, { do: 'cut' }>) {
            for (const event of client.unread().slice(0, kept)) reader.take(event);
            await reopen(instance, by);
          }

          const plan = [...steps];
          plan.splice(settledAt, 0, { do: 'settle' });
          for (const step of plan) {
            if (step.do === 'cut') await cut(step);
            if (step.do === 'read') for (const event of client.unread()) reader.take(event);
            if (step.do === 'apply' && coming.length > 0) {
              await mirror.apply(batch(coming.splice(0, step.count)));
            }
            if (step.do === 'settle') {
              await mirror.apply(batch([ended(60)]));
              await settle.settle(callId);
            }
          }
          await mirror.apply(batch(coming));
          await client.ended;
          for (const event of client.unread()) reader.take(event);
          // Words that came after the end are there for whoever asks again.
          await reopen(0, 'header');
          await client.ended;
          for (const event of client.unread()) reader.take(event);

          const conversation = await archive.conversation(conversationId(callId));
          expect(reader.messages()).toEqual(conversation?.messages);
          expect(reader.call()).toMatchObject({
            state: 'archived',
            urgency: (await archive.call(callId))?.urgency,
          });
          expect(reader.faults).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
