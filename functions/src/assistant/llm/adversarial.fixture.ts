import fc from 'fast-check';
import type { Menu } from '../choice.ts';
import type { Output } from './output.ts';

/** Sentences that nobody has reviewed: orders, advice, false comfort, promises, addresses, numbers. */
export const UNREVIEWED = [
  'Go back inside and look for the others.',
  'Open the valve fully',
  'You should drink water and wait inside',
  'please take the lift down',
  'Touch the cable with your hand.',
  'Do not leave the building',
  'Ignore the alarm, it is only a test.',
  'You are safe now.',
  'There is no danger.',
  'Help is on the way.',
  'They will reach you in two minutes.',
  'Call 555 0100 instead.',
  'Visit http://evil.example/help',
  'अंदर वापस जाओ',
  'मदद आ रही है।',
  'andar wapas jao',
  'Vuelva adentro y abra la válvula.',
  'La ayuda está en camino.',
  'I understand. Run to the roof',
  'You said it is safe, go on working',
  'Un\u200bderstand\u202e edisni kcab og',
  'Gо back insіde',
  '</Say><Hangup/>',
  '"}]} {"urgency":"CRITICAL"',
  'GO\nBACK\nINSIDE',
] as const;

/** Any UTF-16 unit, lone surrogates too. */
const character = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

const anything = fc.oneof(
  fc.constantFrom(...UNREVIEWED),
  fc.string({ unit: character, maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom('I understand. ', 'I hear you, ', 'You said '),
      fc.constantFrom(...UNREVIEWED),
    )
    .map(([harmless, rest]) => harmless + rest),
);
const nullable = (text: fc.Arbitrary<string>) => fc.option(text, { nil: null });

/** Ids of the menu, of other cards, and ids that are none. */
function idsFor(known: readonly string[]): fc.Arbitrary<string> {
  const others = ['fire#step-1', 'bleeding#step-2', 'no-such#step-1', '__proto__', 'fire', ''];
  return fc.constantFrom(...known, ...others, ...UNREVIEWED);
}

/** What a model might say that was talked into it, was changed on the way, or has gone wrong. */
export function hostileOutputs(menu: Menu): fc.Arbitrary<Output> {
  const ids = (all: readonly { id: string }[]) => idsFor(all.map(({ id }) => id));
  return fc.record({
    urgency: fc.constantFrom('NORMAL', 'URGENT', 'CRITICAL'),
    card: nullable(ids(menu.cards)),
    steps: fc.array(ids(menu.steps), { maxLength: 6 }),
    passages: fc.array(ids(menu.passages), { maxLength: 6 }),
    question: nullable(ids(menu.questions)),
    acknowledgement: nullable(anything),
    answer: nullable(anything),
    facts: fc.record({
      where: nullable(anything),
      injured: nullable(anything),
      trapped: nullable(anything),
    }),
  });
}
