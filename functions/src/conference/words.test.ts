import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_ID, CALL_SID } from '../calls/events.fixture.ts';
import type { CallEvent, Message } from '../calls/model.ts';
import { foldCall, inOrder } from '../calls/reduce.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createOnce } from '../turn/once.ts';
import { createTurns } from '../turn/turn.ts';
import { readLink } from '../webhooks/link.ts';
import { scriptedAssistant } from '../webhooks/webhooks.fixture.ts';
import { createWorld, type World } from './world.fixture.ts';

const realtimeDatabase = useRealtimeDatabase();
const GT = `GT${'a'.repeat(32)}`;

interface Said {
  text: string;
  number: number;
  track?: 'inbound_track' | 'outbound_track';
  final?: boolean;
  at?: string;
}

/** A world in which one supervisor is joined, with ears, and real turns behind them. */
async function open(mode: 'speak' | 'listen') {
  const world = createWorld({ database: realtimeDatabase.emptyDatabase() });
  await world.join('admin_a', mode);
  const [leg = ''] = world.phones();
  await world.answer(leg);
  await world.press(leg, '1');
  await world.deliverAll();
  const recorded: CallEvent[] = [];
  const address = world.caller.transcription ?? '';
  const instance = () => earsOf(world, recorded);
  const ears = instance();

  const post = (form: Record<string, string>, by = ears) => {
    const query = new URL(address).searchParams;
    return by.transcription({
      query,
      form: { CallSid: CALL_SID, TranscriptionSid: GT, ...form },
      link: readLink(query),
    });
  };
  const say = ({ text, number, track = 'inbound_track', final = true, at }: Said, by = ears) =>
    post(
      {
        TranscriptionEvent: 'transcription-content',
        SequenceNumber: String(number),
        Track: track,
        Final: String(final),
        TranscriptionData: JSON.stringify({ transcript: text, confidence: 0.9 }),
        ...(at === undefined ? {} : { Timestamp: at }),
      },
      by,
    );
  return {
    world,
    leg,
    post,
    say,
    instance,
    recorded,
    messages: () => messagesIn(recorded),
    words: () => messagesIn(recorded).map(({ role, content }) => `${role}: ${content}`),
  };
}

function earsOf(world: World, recorded: CallEvent[]) {
  const quiet = () => {};
  const log = { info: quiet, warn: quiet, error: quiet, alert: quiet };
  return world.room.ears({
    turns: createTurns({
      assistant: scriptedAssistant,
      journal: createMemoryJournal(),
      outbox: {
        async send(events) {
          recorded.push(...events);
          return true;
        },
      },
      readLive: async () => ({ call: world.call }),
      timestamp: () => '2025-10-04T14:32:05+05:30',
      log,
    }),
    once: createOnce<void>(),
  });
}

/** Each once, in the order in which supervisors read them. */
function messagesIn(events: readonly CallEvent[]): Message[] {
  const added = events.flatMap((event) => (event.type === 'message_added' ? event.message : []));
  return inOrder(Object.fromEntries(added.reverse().map(({ id, ...stored }) => [id, stored])));
}

/** What an announcement plays. */
async function played(world: World, index = -1): Promise<string> {
  const url = world.announced.at(index) ?? '';
  const answer = await world.post({ url, form: { CallSid: CALL_SID } });
  return 'twiml' in answer ? answer.twiml : '';
}

describe('a caller who is listened to', () => {
  it('is heard by transcription, and answered by Aurora into the room', async () => {
    const { world, say, words, recorded } = await open('listen');
    await say({ text: 'there is a fire', number: 2 });
    expect(words()).toEqual(['user: there is a fire', 'assistant: Get out now. Call 112.']);
    expect(await played(world)).toContain('Get out now. Call 112.');
    expect(recorded).toContainEqual(
      expect.objectContaining({ type: 'urgency_changed', urgency: 'CRITICAL' }),
    );
  });

  it('is not answered twice where a callback is repeated, on whatever instance (I3)', async () => {
    const { world, say, words, instance } = await open('listen');
    await say({ text: 'there is a fire', number: 2 });
    await say({ text: 'there is a fire', number: 2 });
    await say({ text: 'there is a fire', number: 2 }, instance());
    expect(words()).toHaveLength(2);
    expect(world.announced).toHaveLength(1);
  });

  it('is written down in the order of speech, however callbacks come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([2, 3, 4, 5, 6], { minLength: 5 }),
        fc.shuffledSubarray([2, 3, 4, 5, 6]),
        async (order, repeated) => {
          const { say, messages } = await open('listen');
          for (const number of [...order, ...repeated])
            await say({ text: `word ${number}`, number });
          const heard = messages().filter(({ role }) => role === 'user');
          expect(heard.map(({ content }) => content)).toEqual(
            [2, 3, 4, 5, 6].map((number) => `word ${number}`),
          );
        },
      ),
      { numRuns: 8 },
    );
  }, 60_000);

  it('is not heard in guesses, in silence, or in the echo of Aurora', async () => {
    const { say, post, words } = await open('listen');
    await say({ text: 'there is a fi', number: 2, final: false });
    await say({ text: '  ', number: 3 });
    await say({ text: 'Get out now', number: 4, track: 'outbound_track' });
    await post({
      TranscriptionEvent: 'transcription-content',
      SequenceNumber: '5',
      TranscriptionData: '{"transcript":',
    });
    expect(words()).toEqual([]);
  });

  it('goes on with Aurora where they are after the room: the turn comes after all that was said', async () => {
    const { world, say, leg, recorded } = await open('listen');
    await say({ text: 'there is a fire', number: 9 });
    const last = Math.max(
      ...messagesIn(recorded).map(({ id }) => Number(id.slice(1, id.indexOf('-')))),
    );
    await world.hangUp(leg);
    const link = world.caller.turn && readLink(new URL(world.caller.turn).searchParams);
    expect(link).toMatchObject({ hazard: 'fire', urgency: 'CRITICAL', resumes: true });
    expect(link ? link.turn.n : 0).toBeGreaterThan(last);
    expect(world.caller.transcription).toBeUndefined();
  });

  it('is not heard twice when they have left the room: what is said then is a turn of their line', async () => {
    const { world, say, words, leg } = await open('listen');
    await world.hangUp(leg);
    await say({ text: 'on the line', number: 7, at: '2025-10-04T14:33:00+05:30' });
    expect(words()).toEqual([]);
    await say({ text: 'in the room', number: 6, at: '2025-10-04T14:31:59+05:30' });
    expect(words()[0]).toBe('user: in the room');
  });

  it('goes back to their own line where the transcription fails: Aurora would be deaf (I8)', async () => {
    const { world, post } = await open('listen');
    await post({
      TranscriptionEvent: 'transcription-error',
      SequenceNumber: '2',
      TranscriptionErrorCode: '32655',
    });
    await world.deliverAll();
    expect(world.caller.at.kind).toBe('line');
    expect(world.entries().filter(({ step }) => step === 'not_transcribed')).toMatchObject([
      { reason: 'error_32655' },
    ]);
    await world.waitAll();
    expect(world.caller.at.kind).toBe('line');
  });

  it('goes back to their own line within a minute where no transcription has begun', async () => {
    const { world } = await open('listen');
    await world.room.lookAfter();
    expect(world.caller.at.kind).toBe('room');
    world.passTime(16_000);
    await world.room.lookAfter();
    expect(world.caller.at.kind).toBe('line');
    expect(world.entries()).toContainEqual(
      expect.objectContaining({ step: 'not_transcribed', reason: 'not_begun' }),
    );
  });

  it('stays in the room where one has', async () => {
    const { world, post } = await open('listen');
    await post({ TranscriptionEvent: 'transcription-started', SequenceNumber: '1' });
    world.passTime(16_000);
    await world.room.lookAfter();
    expect(world.caller.at.kind).toBe('room');
  });

  it('goes back to their own line where words of Aurora can not be announced', async () => {
    const { world, say } = await open('listen');
    world.conferences.announce = async () => false;
    await say({ text: 'there is a fire', number: 2 });
    expect(world.caller.at.kind).toBe('line');
  });
});

describe('a supervisor who speaks', () => {
  it('is written down beside the caller, each by their track, and Aurora is silent', async () => {
    const { world, say, words } = await open('speak');
    await say({ text: 'there is a fire', number: 2 });
    await say({ text: 'leave the hall', number: 3, track: 'outbound_track' });
    expect(words()).toEqual(['user: there is a fire', 'admin: leave the hall']);
    expect(world.announced).toEqual([]);
  });

  it('has been heard: nobody tells the caller their words again', async () => {
    const { world, say, recorded, messages } = await open('speak');
    await say({ text: 'leave the hall', number: 3, track: 'outbound_track' });
    const call = recorded.reduce(foldCall, world.call);
    expect(Object.keys(call.heard_messages ?? {})).toEqual(messages().map(({ id }) => id));
  });

  it('has the danger in the words of the caller judged all the same', async () => {
    const { say, recorded } = await open('speak');
    await say({ text: 'there is a fire', number: 2 });
    expect(recorded).toContainEqual(
      expect.objectContaining({ type: 'urgency_changed', urgency: 'CRITICAL' }),
    );
  });

  it('can ask Aurora back, whose echo is not taken for the supervisor, and send her away', async () => {
    const { world, say, words } = await open('speak');
    await world.room.legs.auroraSpeaks(CALL_ID, 'admin_a', true);
    await say({ text: 'there is a fire', number: 2 });
    expect(await played(world)).toContain('Get out now.');
    await say({ text: 'get out now call 112', number: 3, track: 'outbound_track' });
    await say({ text: 'do as she says', number: 4, track: 'outbound_track' });
    await world.room.legs.auroraSpeaks(CALL_ID, 'admin_a', false);
    await say({ text: 'a second fire', number: 5 });
    expect(words()).toEqual([
      'user: there is a fire',
      'assistant: Get out now. Call 112.',
      'admin: do as she says',
      'user: a second fire',
    ]);
    expect(world.announced).toHaveLength(1);
    expect(world.entries().filter(({ step }) => step === 'mode_changed')).toMatchObject([
      { channel: 'aurora_speaks', by: 'admin_a' },
      { channel: 'aurora_silent', by: 'admin_a' },
    ]);
  });

  it('keeps the caller where the transcription fails; the timeline says so', async () => {
    const { world, post } = await open('speak');
    await post({ TranscriptionEvent: 'transcription-error', SequenceNumber: '2' });
    expect(world.caller.at.kind).toBe('room');
    expect(world.steps()).toContain('not_transcribed');
  });
});

describe('that a room is transcribed', () => {
  it('is told when Twilio has begun to', async () => {
    const { world, post } = await open('speak');
    expect(world.steps()).not.toContain('transcribed');
    await post({ TranscriptionEvent: 'transcription-started', SequenceNumber: '1' });
    expect(world.steps()).toContain('transcribed');
  });
});
