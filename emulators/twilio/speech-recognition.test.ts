import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mishear } from './speech-recognition.ts';

describe('a Gather', () => {
  it.each([
    ['there is a fire', undefined, 'en-IN'],
    ['there is a fire', 'en-US', 'en-IN'],
    ['आग लगी है', undefined, 'hi-IN'],
    ['aag lagi hai', 'hi-IN', 'hi-IN'],
    ['hay fuego', 'es-ES', 'es-MX'],
    ['आग लगी है', 'hi-IN', 'multi'],
  ])('understands its own language: %s, spoken as %s, on a line for %s', (text, spoken, line) => {
    expect(mishear(text, spoken, line)).toBeUndefined();
  });

  it.each([
    ['आग लगी है', undefined, 'en-IN'],
    ['aag lagi hai', 'hi-IN', 'en-IN'],
    ['there is a fire', 'en-IN', 'hi-IN'],
    ['hay fuego', 'es-MX', 'en-IN'],
    ['தீ', undefined, 'hi-IN'],
  ])('mishears another one: %s, spoken as %s, on a line for %s', (text, spoken, line) => {
    const misheard = mishear(text, spoken, line);
    expect(misheard?.confidence).toBeLessThan(0.5);
    expect(misheard?.text).not.toContain(text.split(' ')[0]);
    expect(misheard?.text.split(' ')).toHaveLength(text.split(' ').length);
  });

  it('mishears in the script of its own language', () => {
    expect(mishear('there is a fire', 'en-IN', 'hi-IN')?.text).toMatch(
      /^[\p{Script=Devanagari} ]+$/u,
    );
    expect(mishear('आग लगी है', undefined, 'en-IN')?.text).toMatch(/^[a-z ]+$/);
  });

  it('mishears the same words alike, whatever they are, and never says nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(text.trim() !== '');
        const misheard = mishear(text, 'xx', 'en-IN');
        if (misheard === undefined) return;
        expect(mishear(text, 'xx', 'en-IN')).toEqual(misheard);
        expect(misheard.text.trim()).not.toBe('');
      }),
    );
  });
});
