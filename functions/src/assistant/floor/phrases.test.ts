import { describe, expect, test } from 'vitest';
import { createPhraseBook } from './phrases.ts';
import { createSpelling } from './spelling.ts';
import { tokenize } from './words.ts';

const CLASSES = { machine: 'press lathe' };

function finds(phrase: string, text: string): boolean {
  const book = createPhraseBook([{ phrases: phrase, value: true }], CLASSES);
  return book.find(tokenize(text)).length > 0;
}

describe('a phrase', () => {
  test.each([
    ['on fire', 'the hall is on fire', true],
    ['on fire', 'on the fire', false],
    ['on fire', 'come on. Fire!', false],
    ['on|at the? fire', 'stand at fire', true],
    ['leak*', 'it leaks', true],
    ['hand .. @machine', 'his hand is in the lathe', true],
    ['hand .. @machine', 'hand one two three four five six lathe', false],
    ['can not breathe', "I can't breathe", true],
    ['can not breathe', 'I CANNOT breathe', true],
    ['no respira', '¡no  respira!', true],
    ['no respirá', 'no respira', true],
    ['आग', 'आग लगी', true],
  ])('%s in "%s": %s', (phrase, text, expected) => {
    expect(finds(phrase, text)).toBe(expected);
  });

  test.each(['', '.. fire', 'the? fire', 'ab* fire', '@nothing'])(
    '"%s" is refused or empty',
    (phrase) => {
      if (phrase === '') expect(finds(phrase, 'fire')).toBe(false);
      else expect(() => finds(phrase, 'fire')).toThrow();
    },
  );
});

describe('the spelling', () => {
  const spell = createSpelling(new Set(['bleeding', 'chlorine', 'fire']), new Set(['breeding']));

  test.each([
    ['bleding', 'bleeding'],
    ['bleediing', 'bleeding'],
    ['bleedign', 'bleeding'],
    ['chlorane', 'chlorine'],
    ['breeding', 'breeding'],
    ['five', 'five'],
    ['needing', 'needing'],
    ['__proto__', '__proto__'],
  ])('takes %s for %s', (heard, meant) => {
    expect(spell(heard)).toBe(meant);
  });
});
