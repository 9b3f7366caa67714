import { describe, expect, test } from 'vitest';
import { duration, percentile, ratio } from './statistics.ts';
import { table } from './table.ts';

describe('statistics', () => {
  const samples = Array.from({ length: 200 }, (_, i) => 200 - i);

  test('a percentile is the sample below or at which that share lies', () => {
    expect(percentile(samples, 0.5)).toBe(100);
    expect(percentile(samples, 0.99)).toBe(198);
    expect(percentile(samples, 1)).toBe(200);
  });

  test('of few samples the 99th percentile is the largest', () => {
    expect(percentile([3, 1, 2], 0.99)).toBe(3);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('durations and ratios carry the unit that suits them', () => {
    expect([0.0083, 1.25, 1_500].map(duration)).toEqual(['8.3 us', '1.3 ms', '1.50 s']);
    expect([1, 99.94, 12_345.6].map(ratio)).toEqual(['1.0x', '99.9x', '12,346x']);
  });

  test('a table aligns numbers to the right', () => {
    expect(
      table([
        ['store', 'p50'],
        ['a', '1.0 us'],
        ['longer', '9 s'],
      ]).split('\n'),
    ).toEqual(['store      p50', '------  ------', 'a       1.0 us', 'longer     9 s']);
  });
});
