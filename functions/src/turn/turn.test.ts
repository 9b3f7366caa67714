import { describe, expect, it } from 'vitest';
import type { Assistant } from '../assistant/assistant.ts';
import { message, STARTED } from '../calls/events.fixture.ts';
import type { CallEvent, Message } from '../calls/model.ts';
import { type CallState, reduce } from '../calls/reduce.ts';
import type { Journal } from '../journal/journal.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import type { Log } from '../log.ts';
import type { Turn } from './model.ts';
import type { Judged } from './on-call.ts';
import { createTurns } from './turn.ts';

const silentLog: Log = { info() {}, warn() {}, error() {}, alert() {} };

interface SetUp {
  journal?: Journal;
  live?: () => Promise<CallState>;
  send?: (events: readonly CallEvent[]) => Promise<boolean>;
}

function setUp({ journal = createMemoryJournal(), live = async () => ({}), send }: SetUp = {}) {
  const heard: Message[][] = [];
  const assistant: Assistant = {
    reply: async (conversation) => {
      heard.push([...conversation]);
      return { reply: 'Get out.', urgency: 'CRITICAL', sources: 'Fire' };
    },
    card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
  };
  const turns = createTurns({
    assistant,
    journal,
    outbox: { send: send ?? (async () => true) },
    readLive: live,
    timestamp: (like) => like,
    log: silentLog,
  });
  return { turns, heard, journal };
}

const turn: Turn = {
  started: STARTED,
  token: { n: 2, random: 'abcdef0123' },
  utterance: { text: 'what now' },
  silences: 0,
  situation: { urgency: 'NORMAL', emergency_number: '112' },
};

const earlier = [STARTED, message(0, 'assistant', 'greeting'), message(1, 'user', 'fire')];

describe('a turn', () => {
  it('knows the conversation from its own journal, without asking the database (I1)', async () => {
    const { turns, heard, journal } = setUp({ live: () => Promise.reject(new Error('not asked')) });
    journal.append(earlier);
    await turns.run(turn);
    expect(heard[0]?.map(({ content }) => content)).toContain('fire');
  });

  it('reads the live call where another instance served the previous turn', async () => {
    const { turns, heard } = setUp({ live: async () => reduce({}, earlier) });
    await turns.run(turn);
    expect(heard[0]?.map(({ content }) => content)).toContain('fire');
  });

  it('answers although the live call cannot be read, or is not read in time (I1)', async () => {
    const failing = setUp({ live: () => Promise.reject(new Error('away')) });
    expect(await failing.turns.run(turn)).toMatchObject({ reply: 'Get out.' });
    const stuck = setUp({ live: () => new Promise(() => {}) });
    expect(await stuck.turns.run(turn)).toMatchObject({ reply: 'Get out.' });
  });

  it('has the words and the reply sent before it is answered (I2)', async () => {
    const sent: CallEvent[][] = [];
    const { turns } = setUp({
      send: async (events) => {
        await new Promise(setImmediate);
        sent.push([...events]);
        return true;
      },
    });
    await turns.run(turn);
    expect(sent.map((events) => events.map(({ type }) => type))).toEqual([
      ['call_started', 'message_added'],
      ['call_started', 'message_added', 'urgency_changed'],
    ]);
  });

  it('is recorded and judged, and not answered, where somebody else speaks', async () => {
    const { turns, journal } = setUp();
    const reply = await turns.run({ ...turn, unanswered: true });
    expect(reply).toMatchObject({ reply: '', urgency: 'CRITICAL' });
    const { call, conversation } = journal.call(STARTED.call_id) ?? {};
    expect(call).toMatchObject({ urgency: 'CRITICAL' });
    const words = Object.values(conversation?.messages ?? {});
    expect(words.map(({ role, content }) => [role, content])).toEqual([['user', 'what now']]);
  });

  it('records what came with the words', async () => {
    const { turns, journal } = setUp();
    await turns.run({ ...turn, utterance: { text: 'look', note: '[1 picture]' } });
    const words = Object.values(journal.call(STARTED.call_id)?.conversation?.messages ?? {});
    expect(words[0]?.content).toBe('look [1 picture]');
  });

  describe('that people may be needed for', () => {
    function withPeople(of: Partial<Turn> = {}, reaches = true) {
      const told: Judged[] = [];
      const situations: unknown[] = [];
      const turns = createTurns({
        assistant: {
          reply: async (_, __, situation) => {
            situations.push(situation);
            return {
              reply: 'Get out.',
              urgency: 'CRITICAL',
              sources: '',
              grounding: { rung: 'floor' },
            };
          },
          card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
        },
        journal: createMemoryJournal(),
        outbox: { send: async () => true },
        readLive: async () => ({}),
        timestamp: (like) => like,
        people: {
          afterReply: async (judged) => void told.push(judged),
          reaches: () => reaches,
          warm() {},
        },
        log: silentLog,
      });
      return { told, situations, run: () => turns.run({ ...turn, ...of }) };
    }

    it('tells what it came to before it is answered, and the assistant whether any can be reached', async () => {
      const { told, situations, run } = withPeople();
      await run();
      expect(told).toMatchObject([
        { started: STARTED, urgency: 'CRITICAL', rung: 'floor', isSilent: false },
      ]);
      expect(situations).toMatchObject([{ reaches: true }]);
    });

    it('says of silence that it is silence', async () => {
      const { told, run } = withPeople({ utterance: undefined, silences: 3 });
      await run();
      expect(told).toMatchObject([{ isSilent: true, urgency: 'URGENT' }]);
    });

    it('fetches nobody where somebody has the call', async () => {
      const spoken = withPeople({ unanswered: true });
      await spoken.run();
      const held = withPeople({ floor: async () => ({ events: [] }) });
      await held.run();
      expect([...spoken.told, ...held.told]).toEqual([]);
    });
  });

  it('goes on without a journal that cannot be written', async () => {
    const journal = createMemoryJournal();
    const sent: CallEvent[] = [];
    const { turns } = setUp({
      journal: {
        ...journal,
        append: () => {
          throw new Error('ENOSPC');
        },
      },
      send: async (events) => {
        sent.push(...events);
        return true;
      },
    });
    expect(await turns.run(turn)).toMatchObject({ reply: 'Get out.' });
    expect(sent.filter(({ type }) => type === 'message_added')).toHaveLength(2);
  });
});
