import { describe, expect, it } from 'vitest';
import type { AskOptions, Assistant, Reply, Situation } from '../assistant/assistant.ts';
import { GROUNDING, message, reported, STARTED } from '../calls/events.fixture.ts';
import type { Grounding } from '../calls/grounding.ts';
import { CallEvent, type Fact, type FactsReported } from '../calls/model.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import type { Turn } from './model.ts';
import { createTurns } from './turn.ts';

const AT = STARTED.at;
const HALL: Fact = { value: 'hall 3', confidence: 0.9, turn: 2, at: AT, by: 'words' };

/** What was sent of a turn to which the assistant replies so, and what it was told. */
async function turned(reply: Partial<Reply>, turn: Partial<Turn> = {}, before: CallEvent[] = []) {
  const sent: CallEvent[][] = [];
  const lines: string[] = [];
  const line = (text: string) => void lines.push(text);
  let asked: { situation: Situation; options: AskOptions | undefined } | undefined;
  const assistant: Assistant = {
    reply: async (_conversation, _utterance, situation, options) => {
      asked = { situation, options };
      return { reply: 'Get out.', urgency: 'CRITICAL', sources: 'Fire', ...reply };
    },
    card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
  };
  const journal = createMemoryJournal();
  if (before.length) journal.append(before);
  const turns = createTurns({
    assistant,
    journal,
    outbox: { send: async (events) => sent.push([...events]) > 0 },
    readLive: async () => ({}),
    timestamp: (like) => like,
    log: { info: line, warn: line, error: line, alert: line },
  });
  await turns.run({
    started: STARTED,
    token: { n: 2, random: 'abcdef0123' },
    utterance: { text: 'fire in hall 3' },
    silences: 0,
    situation: { urgency: 'NORMAL', emergency_number: '112' },
    ...turn,
  });
  const batch = sent.at(-1) ?? [];
  return {
    asked,
    lines,
    batch,
    facts: batch.find((event): event is FactsReported => event.type === 'facts_reported'),
    grounding: batch.flatMap((event) =>
      event.type === 'message_added' ? [event.message.grounding] : [],
    )[0],
  };
}

describe('what a turn keeps of a reply', () => {
  it('goes out with the reply: its facts, and what it rests on (I2)', async () => {
    const { batch, facts, grounding } = await turned({
      facts: { where: HALL },
      grounding: GROUNDING,
    });
    expect(batch.map(({ type }) => type)).toEqual([
      'call_started',
      'message_added',
      'facts_reported',
      'urgency_changed',
    ]);
    expect(facts).toMatchObject({ at: AT, facts: { where: HALL } });
    expect(grounding).toEqual(GROUNDING);
    for (const event of batch) expect(CallEvent.parse(event)).toEqual(event);
  });

  it('is nothing where nothing was told', async () => {
    const { facts, grounding } = await turned({ facts: {} });
    expect(facts).toBeUndefined();
    expect(grounding).toBeUndefined();
  });

  it('has no empty list, which the Realtime Database would not keep', async () => {
    const { grounding } = await turned({ grounding: { rung: 'card', passages: [] } });
    expect(grounding).toEqual({ rung: 'card' });
  });

  it('leaves out what is malformed, and keeps the words (I2)', async () => {
    const { batch, facts, grounding, lines } = await turned({
      facts: { where: HALL, callback: { ...HALL, confidence: 7 } },
      grounding: { rung: 'nonsense' } as unknown as Grounding,
    });
    expect(facts?.facts).toEqual({ where: HALL });
    expect(grounding).toBeUndefined();
    expect(lines.join()).toContain('malformed grounding');
    for (const event of batch) expect(CallEvent.safeParse(event).success).toBe(true);
  });

  it('is the own facts with the grounding of the reply that instances agreed upon (I3)', async () => {
    const kept: Reply = {
      reply: 'Leave.',
      urgency: 'CRITICAL',
      sources: 'Fire',
      grounding: { rung: 'floor' },
    };
    const { facts, grounding } = await turned(
      { facts: { where: HALL }, grounding: GROUNDING },
      { agree: async () => kept },
    );
    expect(grounding).toEqual({ rung: 'floor' });
    expect(facts?.facts).toEqual({ where: HALL });
  });

  it('says of silence that the conversation itself answered', async () => {
    const { grounding } = await turned({}, { utterance: undefined, silences: 1 });
    expect(grounding).toEqual({ rung: 'dialogue' });
  });
});

describe('the assistant', () => {
  it('is told turn, time, company and whether anybody still waits', async () => {
    const { signal } = new AbortController();
    const { asked } = await turned({}, { signal });
    expect(asked?.options).toEqual({ stamp: { turn: 2, at: AT }, signal });
    expect(asked?.situation.company_id).toBe('demo');
  });

  it('is told the facts of earlier turns, and not those of this one when it is repeated (I3)', async () => {
    const before = [
      STARTED,
      message(1, 'user', 'hall 3'),
      reported(1, { where: { value: 'hall 3' } }),
      reported(2, { injured: { value: '2' } }),
    ];
    const { asked } = await turned({}, {}, before);
    expect(asked?.situation.facts).toMatchObject({ where: { value: 'hall 3', turn: 1 } });
    expect(asked?.situation.facts).not.toHaveProperty('injured');
  });
});
