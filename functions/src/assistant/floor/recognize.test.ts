import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadManuals } from '../manual/manual.ts';
import { HAZARDS } from './lexicon.ts';
import { EXAMPLES } from './recognize.examples.fixture.ts';
import { recognize } from './recognize.ts';

describe('the urgency of what a caller says', () => {
  test.each(EXAMPLES)('$urgency, $hazard: $words', ({ urgency, hazard, words }) => {
    const judged = recognize(words);
    expect({ urgency: judged.urgency, hazard: judged.hazards[0]?.hazard ?? '-' }).toEqual({
      urgency,
      hazard,
    });
  });
});

describe('the lexicon', () => {
  const hazards = HAZARDS.map(({ hazard }) => hazard);

  test('has a procedure for every hazard, and a hazard for every procedure', () => {
    expect([...hazards].sort()).toEqual([...loadManuals().procedures.keys()].sort());
  });

  test.each(hazards)('has an example of %s', (hazard) => {
    expect(EXAMPLES.some((example) => example.hazard === hazard)).toBe(true);
  });
});

describe('the recognizer', () => {
  test('judges capital letters, accents and punctuation alike', () => {
    for (const { words, urgency } of EXAMPLES) {
      expect(recognize(words.toUpperCase()).urgency).toBe(urgency);
    }
  });

  test('looks at the first 4,000 characters only', () => {
    expect(recognize(`${'so '.repeat(2000)}fire`).urgency).toBe('NORMAL');
  });

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (text) => {
        expect(['CRITICAL', 'URGENT', 'NORMAL']).toContain(recognize(text).urgency);
      }),
    );
  });

  test('a plain CRITICAL stays CRITICAL when other small talk stands before it', () => {
    const plain = EXAMPLES.filter(({ urgency, words }) => urgency === 'CRITICAL' && words);
    const talk = fc.constantFrom('Hello. ', 'Good morning. ', 'Listen. ', 'Yes. ', 'No. ', 'Ok. ');
    fc.assert(
      fc.property(talk, fc.constantFrom(...plain), (before, { words }) => {
        expect(recognize(before + words).urgency).toBe('CRITICAL');
      }),
    );
  });
});
