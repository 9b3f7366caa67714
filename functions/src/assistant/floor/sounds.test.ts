import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDevanagari, isHindi, soundOf } from './sounds.ts';
import { unaccented } from './words.ts';

describe('words of Hindi that sound alike', () => {
  test.each([
    ['नहीं', 'nahi', 'nahin'],
    ['आग', 'aag', 'ag'],
    ['ज़हर', 'jahar', 'zahar'],
    ['बेहोश', 'behosh', 'behos'],
    ['खून', 'khoon', 'khun'],
    ['साँस', 'saans', 'sans'],
    ['फोन', 'phon', 'fon'],
  ])('%s, %s and %s are one', (...spellings) => {
    expect(new Set(spellings.map((word) => soundOf(unaccented(word))))).toHaveLength(1);
  });

  test.each([
    ['aag', 'aage'],
    ['khoon', 'kaun'],
    ['gas', 'ghar'],
  ])('%s and %s are not', (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other));
  });

  test('have a sound whatever is written, the same each time', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abhiknsz', ...'कखगनहसं', '्', 'ा', 'ि') });
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'binary' })), (word) => {
        expect(soundOf(word)).toBe(soundOf(word));
        // Only a sign for "no vowel" is silent.
        if (/[\p{L}\p{N}]/u.test(word)) expect(soundOf(word)).not.toBe('');
      }),
    );
  });

  test('sound no longer than they are written in Latin letters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-wyz]+$/), (word) => {
        expect(soundOf(word).length).toBeLessThanOrEqual(word.length);
      }),
    );
  });
});

describe('a text is Hindi', () => {
  test.each([
    ['aag lagi hai', true],
    ['यहाँ धुआँ', true],
    ['please aaiye hall three में', true],
    ['there is a fire in the hall', false],
    ['hay fuego en la nave', false],
    ['', false],
  ])('"%s": %s', (text, expected) => {
    expect(isHindi(text.split(' '))).toBe(expected);
  });

  test('as soon as one word is in Devanagari', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/));
    fc.assert(
      fc.property(words, fc.nat(), (all, at) => {
        const mixed = all.toSpliced(at % (all.length + 1), 0, 'आग');
        expect(isHindi(mixed)).toBe(true);
        expect(mixed.filter(isDevanagari)).toEqual(['आग']);
      }),
    );
  });
});
