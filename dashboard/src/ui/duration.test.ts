import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOf, clockOf, lengthOf } from './duration.ts';

describe('a duration', () => {
  it.each([
    [0, '0:00'],
    [7_999, '0:07'],
    [60_000, '1:00'],
    [765_000, '12:45'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [3_723_000, '1:02:03'],
    [-5_000, '0:00'],
  ])('of %d ms is %s', (milliseconds, shown) => {
    expect(clockOf(milliseconds)).toBe(shown);
  });

  it('can be read back to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000 }), (seconds) => {
        const read = clockOf(seconds * 1_000)
          .split(':')
          .reduce((total, part) => total * 60 + Number(part), 0);
        expect(read).toBe(seconds);
      }),
    );
  });
});

describe('an age', () => {
  it.each([
    [-1, '0 sec'],
    [59_999, '59 sec'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 hr'],
    [86_400_000, '1 day'],
    [10 * 86_400_000, '10 days'],
  ])('of %d ms is told in one unit: %s', (milliseconds, shown) => {
    expect(ageOf(milliseconds, 'en')).toBe(shown);
  });

  it('is told in the language of the reader', () => {
    expect(ageOf(120_000, 'hi')).toContain('मि');
  });
});

describe('a length', () => {
  it.each([
    [0, '0 sec'],
    [2.44, '2.4 sec'],
    [9.96, '10 sec'],
    [59.4, '59 sec'],
    [59.6, '1 min'],
    [200, '3 min 20 sec'],
    [3_599.6, '1 hr'],
    [3_900, '1 hr 5 min'],
    [7_199, '2 hr'],
  ])('of %d s is told in its two largest units: %s', (seconds, shown) => {
    expect(lengthOf(seconds, 'en')).toBe(shown);
  });

  it('is told in the language of the reader', () => {
    expect(lengthOf(200, 'hi')).toContain('मि');
  });
});
