import { describe, expect, it } from 'vitest';
import type { Assistant } from '../assistant/assistant.ts';
import { message, STARTED } from '../calls/events.fixture.ts';
import type { CallEvent, Message } from '../calls/model.ts';
import { type CallState, reduce } from '../calls/reduce.ts';
import type { Journal } from '../journal/journal.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import type { Log } from '../log.ts';
import { createTurns, type Turn } from './turn.ts';

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
