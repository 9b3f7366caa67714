import { describe, expect, test } from 'vitest';
import type { Passage } from '../manual/passages.ts';
import { acceptAnswer } from './answer.ts';

const GUIDE: Passage = {
  id: 'site-guide#1',
  document: 'site-guide',
  title: 'Site guide',
  kind: 'section',
  question: 'Canteen',
  text: 'The canteen is on the ground floor of building 4, next to the lockers. It is open from 11 to 14 on weekdays. Never prop the fire door open. The store must be locked after use. Take the east gate only if the west gate is closed. There is no smoking in hall 2.',
  language: 'en',
  version: 1,
  hash: '0123456789ab',
};
const HINDI: Passage = { ...GUIDE, text: 'कैंटीन भूतल पर है।', language: 'hi' };

describe('a composed answer is spoken', () => {
  test.each([
    'The canteen is on the ground floor of building 4.',
    'The canteen is on the ground floor. It is open from 11 to 14.',
    'Never prop the fire door open.',
    'There is no smoking in hall 2.',
  ])('"%s"', (text) => {
    expect(acceptAnswer(text, [GUIDE])).toBe(text);
  });

  test('in a language whose sentences are not shortened, when it is a whole one', () => {
    expect(acceptAnswer('कैंटीन भूतल पर है।', [HINDI])).toBe('कैंटीन भूतल पर है।');
    expect(acceptAnswer('कैंटीन भूतल।', [HINDI])).toBeUndefined();
  });
});

describe('a composed answer is dropped that', () => {
  test.each([
    ['says what no passage says', 'The canteen is on the roof.'],
    ['adds a sentence', 'The canteen is on the ground floor. Run there.'],
    ['changes a number', 'The canteen is on the ground floor of building 5.'],
    ['leaves out a "never"', 'Prop the fire door open.'],
    ['leaves out a "no"', 'There is smoking in hall 2.'],
    ['adds a "not"', 'The canteen is not on the ground floor.'],
    ['leaves out a condition', 'Take the east gate.'],
    ['shortens a duty', 'The store must be locked.'],
    ['turns the order of words', 'The lockers is next to the canteen.'],
    ['joins two passages in one sentence', 'The canteen is open from 11 to 14.'],
    ['has an address', 'The canteen is on the ground floor. See www.canteen.com.'],
    ['promises help', 'The canteen is on the ground floor. Help is on the way.'],
    ['has a mark that nobody sees', 'The canteen is on the gro\u200bund floor.'],
    ['is very long', 'The canteen is on the ground floor. '.repeat(50)],
    ['is empty', ''],
  ])('%s', (_, text) => {
    expect(acceptAnswer(text, [GUIDE])).toBeUndefined();
  });

  test('rests on no passage', () => {
    expect(acceptAnswer('The canteen is on the ground floor.', [])).toBeUndefined();
  });
});
