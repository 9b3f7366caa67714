import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Grounding } from '../../calls/grounding.ts';
import { Facts, type Message } from '../../calls/model.ts';
import type { Situation, Utterance } from '../assistant.ts';
import { HAZARDS } from '../floor/lexicon.ts';
import { EXAMPLES } from '../floor/recognize.examples.fixture.ts';
import { compareUrgency } from '../floor/recognize.ts';
import { loadManuals } from '../manual/manual.ts';
import { createEmbeddedAssistant } from './embedded.ts';
import { promisesHelp } from './wording.ts';

const manuals = loadManuals();
const assistant = createEmbeddedAssistant({ manuals });
const titles = new Set([...manuals.procedures.values()].map(({ title }) => title));

const replySchema = z.strictObject({
  reply: z.string().trim().min(1),
  urgency: z.enum(['CRITICAL', 'URGENT', 'NORMAL']),
  sources: z
    .string()
    .refine((text) => text === '' || text.split('; ').every((title) => titles.has(title))),
  hazard: z
    .string()
    .refine((id) => manuals.procedures.has(id))
    .optional(),
  step: z.number().int().min(0).optional(),
  asked: z
    .string()
    .refine((id) => manuals.procedures.has(id))
    .optional(),
  question: z.string().min(1).optional(),
  confirmed: z.boolean().optional(),
  badly_heard: z.number().int().min(0).optional(),
  slow: z.boolean().optional(),
  parts: z.array(z.object({ text: z.string().min(1), language: z.string().min(1) })).optional(),
  language: z.string().optional(),
  grounding: Grounding,
  facts: Facts.optional(),
});

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(...EXAMPLES.map((example) => example.words)),
  fc
    .array(fc.constantFrom(...EXAMPLES.flatMap((example) => example.words.split(' '))))
    .map((all) => all.join(' ')),
  fc.constantFrom('__proto__', 'constructor', 'yes', 'no', 'repeat', 'next', ''),
);
const utterances: fc.Arbitrary<Utterance> = fc.record(
  {
    text: words,
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    key: fc.constantFrom('0', '1', '2', '9'),
  },
  { requiredKeys: ['text'] },
);
const hazards = fc.oneof(
  fc.constantFrom(...HAZARDS.map(({ hazard }) => hazard)),
  fc.constantFrom('__proto__', 'toString', 'volcano', ''),
);
const situations: fc.Arbitrary<Situation> = fc.record(
  {
    urgency: fc.constantFrom('CRITICAL', 'URGENT', 'NORMAL'),
    hazard: hazards,
    step: fc.oneof(fc.integer({ min: -5, max: 40 }), fc.double()),
    asked: hazards,
    emergency_number: fc.constantFrom('112', '911', '+91 22 5550 1000'),
  },
  { requiredKeys: ['urgency', 'emergency_number'] },
);
const conversations: fc.Arbitrary<Message[]> = fc.array(
  fc.record({
    id: fc.constant('m000001-abcdef-0'),
    role: fc.constantFrom('user', 'assistant', 'admin'),
    content: fc.oneof(words, fc.constant('The ambulance is coming.')),
    timestamp: fc.constant('2026-01-05T10:00:00+05:30'),
    sources: fc.constant(''),
  }),
  { maxLength: 8 },
);

describe('whatever is said, in whatever situation', () => {
  test('the reply is whole, promises nothing, and a new CRITICAL hears the number (I8)', async () => {
    await fc.assert(
      fc.asyncProperty(
        conversations,
        utterances,
        situations,
        async (said, utterance, situation) => {
          const reply = await assistant.reply(said, utterance, situation);
          expect(replySchema.safeParse(reply).error).toBeUndefined();
          expect(promisesHelp(reply.reply), reply.reply).toBe(false);
          if (reply.urgency === 'CRITICAL' && situation.urgency !== 'CRITICAL') {
            expect(reply.reply).toContain(situation.emergency_number);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('hearing the same words badly never lowers the judgement', async () => {
    await fc.assert(
      fc.asyncProperty(words, situations, async (text, situation) => {
        const well = await assistant.reply([], { text, confidence: 0.95 }, situation);
        const badly = await assistant.reply([], { text, confidence: 0.2 }, situation);
        expect(compareUrgency(badly.urgency, well.urgency)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });

  test('key 1 is CRITICAL unless it confirms something less, key 9 at least URGENT', async () => {
    await fc.assert(
      fc.asyncProperty(words, situations, async (text, { asked: _asked, ...situation }) => {
        const danger = await assistant.reply([], { text, key: '1' }, situation);
        const person = await assistant.reply([], { text, key: '9' }, situation);
        expect(danger.urgency).toBe('CRITICAL');
        expect(person.urgency).not.toBe('NORMAL');
      }),
    );
  });

  test('the same words in the same situation get the same reply', async () => {
    await fc.assert(
      fc.asyncProperty(
        conversations,
        utterances,
        situations,
        async (said, utterance, situation) => {
          const once = await assistant.reply(said, utterance, situation);
          expect(await assistant.reply(said, utterance, situation)).toEqual(once);
        },
      ),
    );
  });

  test('very long words are cut, not refused', async () => {
    const situation: Situation = { urgency: 'NORMAL', emergency_number: '112' };
    const reply = await assistant.reply([], { text: `fire ${'x '.repeat(100_000)}` }, situation);
    expect(reply).toMatchObject({ urgency: 'CRITICAL', hazard: 'fire' });
  });
});
