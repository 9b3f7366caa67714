import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atLeast } from '../../calls/urgency.ts';
import type { Reply, Situation } from '../assistant.ts';
import type { Considered } from '../choice.ts';
import { createDialogue } from '../dialogue/dialogue.ts';
import { withNumber } from '../dialogue/wording.ts';
import { promisesHelp } from '../languages/promises.ts';
import { everySentence, WORDINGS } from '../languages/wording.ts';
import { embeddedPack } from '../manual/embedded-pack.ts';
import { hostileOutputs } from './adversarial.fixture.ts';
import { OUTPUT_SCHEMA, readOutput } from './output.ts';
import { verify } from './verify.ts';

const pack = embeddedPack();
const guide = {
  id: 'site-guide#1',
  document: 'site-guide',
  title: 'Site guide',
  kind: 'section' as const,
  question: 'Where is the canteen',
  text: 'The canteen is on the ground floor. Never take the lift down in a fire.',
  language: 'en',
  version: 1,
  hash: '0123456789ab',
};
const own = { ...pack, passages: [...pack.passages, guide] };
const packs = { of: () => own };
const dialogue = createDialogue({ packs });
const NUMBER = '112';
const BY = { rung: 'model', model: 'test-model', prompt: 'choose@0' } as const;

/** Turns of which the rules have settled none, in calm and in danger. */
const TURNS: [words: string, situation: Partial<Situation>][] = [
  ['where is the canteen', {}],
  ['what do I do with my badge', {}],
  ['his ankle is twisted', {}],
  ['there is a thing on the desk here', { language: 'hi-IN', languages: ['hi-IN', 'en-IN'] }],
  ['how deep do I push', { urgency: 'CRITICAL', hazard: 'cardiac-arrest', step: 1 }],
  ['ok', { urgency: 'CRITICAL', hazard: 'fire', step: 2 }],
  ['hay un papel en la mesa', { language: 'es-MX', languages: ['es-MX'] }],
];

const SPOKEN = [...pack.procedures.keys()].flatMap((id) => [
  pack.procedures.get(id)?.spoken ?? '',
  ...[...(pack.translations.get(id)?.values() ?? [])].map(({ spoken }) => spoken),
]);

/** Everything that somebody has reviewed, the longest first, with what is filled in. */
const REVIEWED = [
  ...WORDINGS.flatMap(everySentence),
  ...packs.of().passages.map(({ text }) => text),
  ...[...pack.procedures.values()].flatMap(({ questions }) => questions),
  ...[...pack.translations.values()].flatMap((cards) =>
    [...cards.values()].flatMap(({ questions }) => questions),
  ),
]
  .flatMap((text) => [text, ...text.split(/(?<=[.!?\u0964])\s+/u)])
  .flatMap((text) =>
    text.includes('{hazard}') ? SPOKEN.map((hazard) => text.replace('{hazard}', hazard)) : text,
  )
  .map((text) => withNumber(text, NUMBER))
  .sort((a, b) => b.length - a.length);

/** The only words of the hostile outputs that are harmless by themselves. */
const HARMLESS = /^(I understand\.|I hear you\.)?$/;

function remainder(reply: Reply): string {
  let rest = reply.reply;
  for (const text of REVIEWED) if (text !== '') rest = rest.replaceAll(text, ' ');
  return rest.trim();
}

function considered([words, more]: (typeof TURNS)[number]): Considered {
  const situation = { urgency: 'NORMAL', emergency_number: NUMBER, ...more } as Situation;
  return dialogue.consider([], { text: words }, situation);
}

describe.each(TURNS)('whatever a model says to "%s" (%j)', (words, more) => {
  const turn = considered([words, more]);
  const stamp = { turn: 3, at: '2026-01-05T10:00:00+05:30' };
  const heard = { text: words, language: more.language, stamp };

  test('nothing is spoken that nobody has reviewed, and nothing is lowered (I8)', () => {
    expect(turn.settled).toBe(false);
    fc.assert(
      fc.property(hostileOutputs(turn.menu), (output) => {
        const choice = verify(output, turn, heard, BY);
        const reply = choice ? turn.speak(choice) : turn.reply;
        expect(remainder(reply), reply.reply).toMatch(HARMLESS);
        expect(promisesHelp(reply.reply)).toBe(false);
        expect(reply.urgency).toBe(atLeast(reply.urgency, turn.reply.urgency));
        if (reply.urgency === 'CRITICAL' && more.urgency !== 'CRITICAL') {
          expect(reply.reply).toContain(NUMBER);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('only what stands in the menu, and what the caller said, is chosen', () => {
    const { cards, steps, passages, questions } = turn.menu;
    const known = new Set([...cards, ...steps, ...passages, ...questions].map(({ id }) => id));
    fc.assert(
      fc.property(hostileOutputs(turn.menu), (output) => {
        const choice = verify(output, turn, heard, BY);
        const { card, question, facts } = choice ?? {};
        const chosen = [card, question, ...(choice?.steps ?? []), ...(choice?.passages ?? [])];
        for (const id of chosen) if (id !== undefined) expect(known).toContain(id);
        expect(new Set(choice?.steps.map((id) => id.split('#')[0])).size).toBeLessThan(2);
        for (const kind of ['where', 'injured', 'trapped'] as const) {
          if (facts?.[kind]) expect(words).toContain(facts[kind].value);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('half a choice, two, or one with more in it is none', () => {
  const text = hostileOutputs(considered(TURNS[0] as (typeof TURNS)[number]).menu).map((output) =>
    JSON.stringify(output),
  );
  expect(OUTPUT_SCHEMA.additionalProperties).toBe(false);
  fc.assert(
    fc.property(text, fc.nat(), (whole, at) => {
      expect(readOutput(whole)).toBeDefined();
      expect(readOutput(whole.slice(0, at % whole.length))).toBeUndefined();
      expect(readOutput(whole + whole)).toBeUndefined();
      expect(readOutput(whole.replace('{', '{"say":"Run.",'))).toBeUndefined();
    }),
  );
});
