import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from './recognize.examples.fixture.ts';
import { compareUrgency, recognize } from './recognize.ts';

const PLAIN = EXAMPLES.filter(({ urgency }) => urgency === 'CRITICAL');

describe('the urgency of what a caller says', () => {
  test.each(EXAMPLES)('$urgency, $hazard: $words', ({ urgency, hazard, words }) => {
    const judged = recognize(words);
    expect({ urgency: judged.urgency, hazard: judged.hazards[0]?.hazard ?? '-' }).toEqual({
      urgency,
      hazard,
    });
  });
});

describe('what was said before', () => {
  test.each([
    ["he's in the tank", "he isn't answering", 'confined-space'],
    [
      'he went down into the manhole ten minutes ago',
      'and now there is no answer',
      'confined-space',
    ],
    ['his sleeve', 'got caught in the lathe', 'entrapment'],
  ])('"%s" is completed by "%s": %s', (before, words, hazard) => {
    const judged = recognize(words, [before]);
    expect(judged.urgency).toBe('CRITICAL');
    expect(judged.hazards.map((sighting) => sighting.hazard)).toContain(hazard);
  });

  test('tells that somebody is awake, until it is said that they are no more', () => {
    const now = (words: string) =>
      recognize(words, ['one of us slipped on oil', 'he is awake']).hazards[0]?.hazard;
    expect(now('he is on the floor and he can not get up')).toBe('accident');
    expect(now('he is not responding any more')).toBe('unconscious');
  });

  test('is not a hazard again by itself', () => {
    expect(recognize('where is the canteen', ['there is a fire']).hazards).toEqual([]);
  });

  test('never lowers what is said now', () => {
    const earlier = fc.array(fc.constantFrom(...EXAMPLES.map(({ words }) => words)), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(earlier, fc.constantFrom(...EXAMPLES), (before, { words }) => {
        const [alone, joined] = [recognize(words), recognize(words, before)];
        expect(compareUrgency(joined.urgency, alone.urgency)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the recognizer', () => {
  test('judges capital letters, accents and punctuation alike', () => {
    for (const { words, urgency } of EXAMPLES) {
      expect(recognize(words.toUpperCase()).urgency).toBe(urgency);
      expect(recognize(`... ${words}!`).urgency).toBe(urgency);
    }
  });

  test('looks at the first 4,000 characters only', () => {
    expect(recognize(`${'so '.repeat(2000)}fire`).urgency).toBe('NORMAL');
  });

  test('never throws, whatever it is given, and says the same of the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (text) => {
        const judged = recognize(text, [text]);
        expect(['CRITICAL', 'URGENT', 'NORMAL']).toContain(judged.urgency);
        expect(recognize(text, [text])).toEqual(judged);
      }),
    );
  });

  test('a plain CRITICAL stays CRITICAL when small talk or politeness stands before it', () => {
    const talk = fc.constantFrom(
      'Hello. ',
      'Good morning. ',
      'Listen. ',
      'Yes. ',
      'No. ',
      'Ok. ',
      'Please, ',
      'Sorry to bother you, ',
      'Excuse me sir ',
      'Good evening madam ',
    );
    fc.assert(
      fc.property(talk, fc.constantFrom(...PLAIN), (before, { words }) => {
        expect(recognize(before + words).urgency).toBe('CRITICAL');
      }),
    );
  });

  test.each([
    'fire',
    'a gas leak',
    'an explosion',
    'any smoke',
    'blood',
    'an accident',
    'a chlorine leak',
    'an emergency',
  ])('a plain denial of "%s" is not CRITICAL', (danger) => {
    for (const denial of ['there is no', 'we do not have', 'there was never', 'I do not see']) {
      const words = `${denial} ${danger.replace(/^(an?|any) /, denial.endsWith('no') ? '' : '$&')}`;
      expect(recognize(words).urgency, words).not.toBe('CRITICAL');
    }
  });
});
