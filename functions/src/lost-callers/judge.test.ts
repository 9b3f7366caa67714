import { describe, expect, it } from 'vitest';
import { toldState } from '../assistant/dialogue/told-state.ts';
import { speaksOfHiding } from '../assistant/floor/hiding.ts';
import { recognize } from '../assistant/floor/recognize.ts';
import { at, message, noted, STARTED } from '../calls/events.fixture.ts';
import type { Call, CallEvent, Urgency } from '../calls/model.ts';
import { reduce } from '../calls/reduce.ts';
import { type Meaning, whyLost, whyQuiet } from './judge.ts';

const meaning: Meaning = {
  toldState,
  speaksOfHiding,
  hazardsIn: (text) => recognize(text).hazards.map(({ hazard }) => hazard),
};

/** A call that is over, in which these words were said. */
function over(words: readonly string[], urgency: Urgency = 'CRITICAL', change: Partial<Call> = {}) {
  const events: CallEvent[] = [
    STARTED,
    message(0, 'assistant', 'This is Aurora.'),
    ...words.map((content, n) => message(n + 1, 'user', content)),
  ];
  const { call, conversation } = reduce({}, events);
  return {
    call: { ...(call as Call), urgency, status: 'ENDED' as const, ...change },
    messages: conversation?.messages ?? {},
    hazard: undefined,
  };
}

describe('a caller is lost', () => {
  it.each([
    ['who is in danger', over(['there is a fire in hall 3'])],
    ['who said they were safe, and then were not', over(['I am safe', 'the fire is here'])],
    ['whose last words say nothing of it', over(['my arm is caught in the press', 'ok'], 'URGENT')],
    ['of whom a supervisor noted no more than words', over(['fire'], 'CRITICAL', { noted: {} })],
    [
      'whom a supervisor had, without a word by phone',
      over(['fire'], 'CRITICAL', {
        owner: { kind: 'supervisor', id: 'asha', epoch: 1, until: at(45) },
      }),
    ],
  ])('%s', (_name, call) => {
    expect(whyLost(call, meaning)).toBe('urgent');
  });

  it.each(['NORMAL', 'URGENT'] as const)('who never said a word (%s)', (urgency) => {
    expect(whyLost(over([], urgency), meaning)).toBe('silent');
  });
});

describe('a caller is not lost', () => {
  it.each([
    ['who pressed the key for it', over(['there is a fire', 'Pressed 2: safe'])],
    ['who said that it is over', over(['there is a fire', 'it was a false alarm', 'thanks bye'])],
    ['with whom help is', over(['he fell off the roof', 'the ambulance is here'])],
    ['who asked something without danger', over(['which gloves do I need'], 'NORMAL')],
    ['who wrote', over(['fire'], 'CRITICAL', { medium: 'Text' })],
    [
      'who talked with a supervisor by phone',
      over(['fire'], 'CRITICAL', {
        owner: { kind: 'supervisor', id: 'asha', epoch: 1, leg: `CA${'2'.repeat(32)}` },
      }),
    ],
    [
      'whose call a supervisor ended',
      over(['fire'], 'CRITICAL', {
        timeline: { t0123456789abcdef: { at: at(9), step: 'ended', by: 'asha' } },
      }),
    ],
  ])('%s', (_name, call) => {
    expect(whyLost(call, meaning)).toBeUndefined();
  });

  it('with whom a supervisor talked by phone until just before, unlike long before', () => {
    const left = (seconds: number) =>
      over(['fire'], 'CRITICAL', {
        ended_at: at(300),
        timeline: { t0123456789abcdef: { at: at(seconds), step: 'left', by: 'asha' } },
      });
    expect(whyLost(left(250), meaning)).toBeUndefined();
    expect(whyLost(left(100), meaning)).toBe('urgent');
  });

  it('of whom a supervisor noted what came of it', () => {
    const { call } = reduce({}, [STARTED, noted(9, { final_action: 'resolved' })]);
    const base = over(['fire']);
    expect(
      whyLost({ ...base, call: { ...base.call, noted: call?.noted } }, meaning),
    ).toBeUndefined();
  });
});

describe('nobody rings', () => {
  it.each([
    ['where the card is of a threat', { ...over(['help']), hazard: 'threat' }, 'threat'],
    ['where a threat was named', over(['a man with a knife is in the office']), 'threat'],
    [
      'where the caller hides',
      over(['there is a fire', 'I am hiding in the store room']),
      'hiding',
    ],
  ])('%s', (_name, call, why) => {
    expect(whyQuiet(call, meaning)).toBe(why);
  });

  it('where the caller was followed from call to call three times', () => {
    expect(whyQuiet(over(['fire']), meaning, 2)).toBeUndefined();
    expect(whyQuiet(over(['fire']), meaning, 3)).toBe('too_often');
  });
});
