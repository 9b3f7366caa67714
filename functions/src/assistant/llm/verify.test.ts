import { describe, expect, test } from 'vitest';
import type { Reply } from '../assistant.ts';
import type { Considered, Menu } from '../choice.ts';
import type { Passage } from '../manual/passages.ts';
import type { Output } from './output.ts';
import { verify } from './verify.ts';

const BY = { rung: 'model', model: 'test-model', prompt: 'choose@0' } as const;
const STAMP = { turn: 4, at: '2026-01-05T10:00:00+05:30' };

const passage = (id: string, kind: Passage['kind'], text: string): Passage => ({
  id,
  document: id.split('#')[0] ?? '',
  title: 'A manual',
  kind,
  question: '',
  text,
  language: 'en',
  version: 1,
  hash: '0123456789ab',
});

const MENU: Menu = {
  cards: [
    { id: 'fire', title: 'Fire', urgency: 'CRITICAL' },
    { id: 'burns', title: 'Burns', urgency: 'CRITICAL' },
    { id: 'injury', title: 'Injury', urgency: 'URGENT' },
  ],
  steps: [
    passage('fire#step-1', 'step', 'Get out.'),
    passage('fire#step-2', 'step', 'Use the stairs.'),
    passage('burns#step-1', 'step', 'Cool it.'),
  ],
  passages: [
    { ...passage('guide#1', 'section', 'The canteen is on the ground floor.'), score: 0.9 },
    { ...passage('fire#never-1', 'warning', 'Never use the lift.'), score: 0.5 },
  ],
  questions: [{ id: 'where', text: 'Where are you?' }],
};

const NOTHING: Output = {
  urgency: 'NORMAL',
  card: null,
  steps: [],
  passages: [],
  question: null,
  acknowledgement: null,
  answer: null,
  facts: { where: null, injured: null, trapped: null },
};

function chosen(
  output: Partial<Output>,
  ruled: Partial<Reply> = {},
  text = 'where is the canteen',
) {
  const reply: Reply = { reply: '…', urgency: 'NORMAL', sources: '', ...ruled };
  const considered: Considered = { reply, settled: false, menu: MENU, speak: () => reply };
  return verify({ ...NOTHING, ...output }, considered, { text, language: 'en', stamp: STAMP }, BY);
}

describe('the urgency', () => {
  test('is raised by a model, and never lowered', () => {
    expect(chosen({ urgency: 'CRITICAL' })?.urgency).toBe('CRITICAL');
    expect(chosen({ question: 'where' }, { urgency: 'URGENT' })?.urgency).toBe('URGENT');
  });

  test('is raised although the id beside it is wrong', () => {
    const choice = chosen({ urgency: 'CRITICAL', card: 'volcano', steps: ['volcano#step-1'] });
    expect(choice).toMatchObject({ urgency: 'CRITICAL', steps: [] });
    expect(choice?.card).toBeUndefined();
  });

  test("is a begun card's own at least, and stays where the card only goes on", () => {
    expect(chosen({ card: 'fire' })?.urgency).toBe('CRITICAL');
    expect(chosen({ card: 'fire' }, { hazard: 'fire' })?.urgency).toBe('NORMAL');
  });
});

describe('ids', () => {
  test('of the menu are kept, the best passage first', () => {
    const choice = chosen({ passages: ['fire#never-1', 'guide#1'], question: 'where' });
    expect(choice).toMatchObject({ passages: ['fire#never-1', 'guide#1'], question: 'where' });
  });

  test('of steps are kept in the order of the card', () => {
    const choice = chosen({ card: 'fire', steps: ['fire#step-2', 'fire#step-1'] });
    expect(choice?.steps).toEqual(['fire#step-1', 'fire#step-2']);
  });

  test.each([
    ['of two cards', { card: 'fire', steps: ['fire#step-1', 'burns#step-1'] }],
    ['of another card than the one that is named', { card: 'injury', steps: ['fire#step-1'] }],
    ['of no menu', { card: 'fire', steps: ['fire#step-9'] }],
  ])('of steps %s are all left out', (_, output) => {
    expect(chosen(output)?.steps).toEqual([]);
  });

  test('that are all wrong are no choice', () => {
    expect(chosen({ card: 'volcano', passages: ['x#1'], question: 'why' })).toBeUndefined();
  });
});

describe('a composed answer', () => {
  const ANSWER = { passages: ['guide#1'], answer: 'The canteen is on the ground floor.' };

  test('is kept for an everyday question', () => {
    expect(chosen(ANSWER)?.answer).toBe(ANSWER.answer);
  });

  test.each<[string, Partial<Output>, Partial<Reply>]>([
    ['the rules see any danger', {}, { urgency: 'URGENT' }],
    ['the model sees any', { urgency: 'URGENT' }, {}],
    ['a card is begun', { card: 'injury' }, {}],
    ['a card is being read', {}, { hazard: 'fire' }],
    ['a hazard was asked back about', {}, { asked: 'fire' }],
    ['no passage is named', { passages: [] }, {}],
    ['it rests on a card', { passages: ['fire#never-1'], answer: 'Never use the lift.' }, {}],
  ])('is dropped where %s', (_, output, ruled) => {
    expect(chosen({ ...ANSWER, ...output }, ruled)?.answer).toBeUndefined();
  });
});

describe('a fact', () => {
  const SAID = 'two men are stuck behind the old press in hall seven';
  const facts = (told: Partial<Output['facts']>, text = SAID) =>
    chosen({ question: 'where', facts: { ...NOTHING.facts, ...told } }, {}, text)?.facts;

  test("is kept in the caller's own words, with its turn, and as less sure than the rules", () => {
    expect(facts({ where: 'behind the old press', trapped: 'two men' })).toEqual({
      where: { value: 'behind the old press', confidence: 0.6, by: 'model', ...STAMP },
      trapped: { value: '2', confidence: 0.6, by: 'model', ...STAMP },
    });
  });

  test.each([
    ['was not said', { where: 'the canteen' }],
    ['puts words together', { where: 'two press' }],
    ['has no number of people', { injured: 'men' }],
  ])('is dropped that %s', (_, told) => {
    expect(facts(told)).toBeUndefined();
  });

  test('is dropped where anything is denied', () => {
    expect(facts({ trapped: 'two men' }, 'two men are not trapped')).toBeUndefined();
  });
});
