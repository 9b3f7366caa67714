import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewCall } from '../admin/views.ts';
import { CALL_ID, STARTED } from '../calls/events.fixture.ts';
import { messageId } from '../calls/ids.ts';
import type { Message, Role } from '../calls/model.ts';
import { compareMessages } from '../calls/order.ts';
import { callFrom } from '../calls/reduce.ts';
import { decodeCursor, encodeCursor, LONGEST_CURSOR, SEEN, type SeenTurn } from './cursor.ts';
import { type Ahead, createTranscript } from './transcript.ts';

const CONVERSATION = CALL_ID.replace('call_', 'conv_');
const OTHER = CONVERSATION.replace('abcdef', 'fedcba');
const CALL_DIGEST = '0123456789ab';

function said(n: number, random: string, role: Role, spoken?: false): Message {
  const at = new Date(Date.UTC(2025, 9, 4, 9, 0, 0) + (n % 1_000) * 1_000).toISOString();
  const message = { role, content: `${role} ${n} ${random}`, timestamp: at, sources: '' };
  return { id: messageId({ n, random }, role), ...message, ...(spoken === false && { spoken }) };
}

/** Turns as calls have them: several tokens may share one n, and after a fallback n jumps. */
const anyTurn = fc.record({
  n: fc.oneof(fc.nat(6), fc.integer({ min: 100_000, max: 100_004 }), fc.constant(999_999_999)),
  random: fc.constantFrom('aaaaaa', 'bbbbbb', 'Zz9Zz9'),
});
const anyMessage = fc
  .tuple(anyTurn, fc.constantFrom<Role>('user', 'assistant', 'admin'), fc.boolean())
  .map(([{ n, random }, role, isUnspoken]) =>
    said(n, random, role, role === 'assistant' && isUnspoken ? false : undefined),
  );

/** What a client makes of what it is sent; `again` are messages that came twice in one state. */
function createClient() {
  const list = new Map<string, Message>();
  const again: string[] = [];
  return {
    again,
    take(messages: readonly Message[]) {
      for (const message of messages) {
        if (list.get(message.id)?.spoken === message.spoken && list.has(message.id)) {
          again.push(message.id);
        }
        list.set(message.id, message);
      }
    },
    messages: () => [...list.values()].sort(compareMessages),
  };
}

describe('a cursor', () => {
  const anySeen = fc.uniqueArray(
    fc.record({
      n: fc.nat(999_999_999),
      hash: fc.nat(2 ** 24 - 1),
      seen: fc.integer({ min: 1, max: 15 }),
    }),
    { selector: ({ n, hash }) => `${n}:${hash}`, maxLength: 50 },
  );
  const sorted = (turns: SeenTurn[]) => turns.sort((a, b) => a.n - b.n || a.hash - b.hash);

  it('tells exactly the turns that it was made of', () => {
    fc.assert(
      fc.property(anySeen, (turns) => {
        const text = encodeCursor(CONVERSATION, CALL_DIGEST, sorted(turns));
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(CONVERSATION, text)).toEqual({
          call: CALL_DIGEST,
          turns: sorted(turns),
          summedUp: undefined,
        });
      }),
    );
  });

  it('is none for another conversation, nor when a piece of it is missing or changed', () => {
    fc.assert(
      fc.property(anySeen, fc.nat(), fc.constantFrom('A', '_', ''), (turns, place, instead) => {
        const text = encodeCursor(CONVERSATION, CALL_DIGEST, sorted(turns));
        expect(decodeCursor(OTHER, text)).toBeUndefined();
        const at = place % text.length;
        const changed = text.slice(0, at) + instead + text.slice(at + 1);
        const decoded = decodeCursor(CONVERSATION, changed);
        // The last digit of base64 may hold bits that mean nothing.
        if (decoded) expect(decoded.turns).toEqual(sorted(turns));
        expect(decodeCursor(CONVERSATION, text.slice(0, at))).toBeUndefined();
      }),
    );
  });

  it('of any text at all is a cursor or none, and never an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(decodeCursor(CONVERSATION, text)).toBeUndefined();
      }),
    );
  });

  it('of 1,000 turns takes about 4 bytes a turn, and of any number fits into a header', () => {
    const turns = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ n, hash: n * 7, seen: 3 }));
    expect(encodeCursor(CONVERSATION, CALL_DIGEST, turns(1_000)).length).toBeLessThan(5_400);
    expect(encodeCursor(CONVERSATION, CALL_DIGEST, turns(50_000)).length).toBeLessThan(6_000);
    expect(LONGEST_CURSOR).toBeLessThan(16_000);
  });
});

describe('a client that comes back', () => {
  it('is sent just what it lacks, in whatever order messages came, and wherever it was cut off', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.array(anyMessage, { minLength: 1, maxLength: 4 }) },
      { weight: 1, arbitrary: fc.constantFrom('gone' as const, 'back' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const transcript = createTranscript(CONVERSATION);
        const client = createClient();
        let cursor: string | undefined = transcript.cursor();
        let isHere = true;
        const comeBack = () => {
          const resumed = transcript.resume(cursor ?? '');
          client.take(resumed?.missing ?? []);
          expect([resumed?.callChanged, resumed?.ahead.size]).toEqual([false, 0]);
          isHere = true;
          cursor = transcript.cursor();
        };
        for (const step of [...steps, 'back' as const]) {
          if (step === 'gone') isHere = false;
          else if (step === 'back') comeBack();
          else {
            const fresh = transcript.take(step);
            if (!isHere) continue;
            client.take(fresh);
            cursor = transcript.cursor();
          }
        }
        expect(client.messages()).toEqual(transcript.messages());
        expect(client.again).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('may know more than this instance, which lags: nothing is sent twice and nothing is left out', () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { maxLength: 20 }),
        fc.array(anyMessage, { maxLength: 20 }),
        fc.array(anyMessage, { maxLength: 20 }),
        fc.infiniteStream(fc.nat(3)),
        (both, elsewhere, later, sizes) => {
          const first = createTranscript(CONVERSATION);
          const second = createTranscript(CONVERSATION);
          const client = createClient();
          client.take(first.take([...both, ...elsewhere]));
          second.take(both);
          let cursor = first.cursor();
          let ahead: Ahead = new Map();
          const resume = () => {
            const resumed = second.resume(cursor);
            ahead = resumed?.ahead ?? ahead;
            client.take(resumed?.missing ?? []);
            cursor = second.cursorWith(ahead);
          };
          resume();
          const coming = [...elsewhere, ...later];
          while (coming.length > 0) {
            const [size] = sizes;
            const fresh = second.take(coming.splice(0, 1 + (size ?? 0)));
            const lacked = ahead.size > 0 ? second.lackedBy(ahead, fresh) : fresh;
            client.take(lacked);
            if (lacked.length > 0) cursor = second.cursorWith(ahead);
            if (size === 3) resume();
          }
          expect(client.again).toEqual([]);
          first.take(later);
          second.take(elsewhere);
          resume();
          expect(client.messages()).toEqual(second.messages());
          expect(ahead.size).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('goes on in a conversation of thousands of turns, and is sent everything where old ones came late', () => {
    const transcript = createTranscript(CONVERSATION);
    const turns = Array.from({ length: 3_000 }, (_, n) => said(n + 10, 'aaaaaa', 'user'));
    transcript.take(turns);
    const cursor = transcript.cursor();
    transcript.take([said(9_999, 'aaaaaa', 'user'), said(2_500, 'aaaaaa', 'assistant')]);
    expect(transcript.resume(cursor)?.missing.map(({ id }) => id)).toEqual([
      'm002500-aaaaaa-1',
      'm009999-aaaaaa-0',
    ]);
    transcript.take([said(3, 'aaaaaa', 'user')]);
    expect(transcript.resume(cursor)).toBeUndefined();
    expect(transcript.resume(transcript.cursor())?.missing).toEqual([]);
  });

  it('is told of a call that has changed, and of which state it was shown', () => {
    const transcript = createTranscript(CONVERSATION);
    const call = callFrom(STARTED);
    const view = (change: object) => {
      const shown = viewCall(CALL_ID, { live: { ...call, ...change }, archived: undefined });
      return shown as NonNullable<typeof shown>;
    };
    expect(transcript.show(view({}))).toBe(true);
    const cursor = transcript.cursor();
    expect(transcript.show(view({ last_message_at: '2025-10-04T14:31:00+05:30' }))).toBe(false);
    expect(transcript.resume(cursor)?.callChanged).toBe(false);
    expect(transcript.show(view({ urgency: 'CRITICAL' }))).toBe(true);
    const {
      callChanged,
      call: shown = '',
      ahead,
    } = transcript.resume(cursor) ?? { ahead: new Map() };
    expect(callChanged).toBe(true);
    expect(transcript.cursorWith(ahead, shown)).toBe(cursor);
  });

  it('is sent everything where two turns can not be told apart', () => {
    // Found by trial: both tokens have the same 24 bits.
    const [one, two] = twinTokens();
    const transcript = createTranscript(CONVERSATION);
    transcript.take([said(1, one, 'user')]);
    const cursor = transcript.cursor();
    expect(transcript.resume(cursor)?.missing).toEqual([]);
    transcript.take([said(1, two, 'user')]);
    expect(transcript.resume(cursor)).toBeUndefined();
    expect(transcript.messages()).toHaveLength(2);
  });
});

it('of a message that comes twice the first words stay, and the mark that it was not spoken is added', () => {
  const transcript = createTranscript(CONVERSATION);
  const first = said(1, 'aaaaaa', 'assistant');
  transcript.take([first]);
  expect(transcript.take([{ ...first, content: 'others' }])).toEqual([]);
  const marked = { ...first, content: 'others', spoken: false as const };
  expect(transcript.take([marked])).toEqual([{ ...first, spoken: false }]);
  expect(transcript.take([first, marked])).toEqual([]);
  expect(SEEN.unspoken).toBe(8);
});

function twinTokens(): [string, string] {
  const seen = new Map<string, string>();
  for (let number = 0; ; number++) {
    const random = `t${number.toString(36).padStart(7, '0')}`;
    const transcript = createTranscript(CONVERSATION);
    transcript.take([said(1, random, 'user')]);
    const key = transcript.cursor();
    const twin = seen.get(key);
    if (twin) return [twin, random];
    seen.set(key, random);
  }
}
