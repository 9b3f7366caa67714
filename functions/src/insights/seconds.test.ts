import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, countWithin, percentile, tenthsOf } from './seconds.ts';

describe('a rounded time', () => {
  it.each([
    [0, 0],
    [-5, 0],
    [949, 9],
    [1_250, 13],
    [9_960, 100],
    [10_400, 100],
    [599_400, 5_990],
    [604_000, 6_000],
    [605_000, 6_100],
    [3_629_000, 36_000],
    [3_631_000, 36_600],
  ])('of %i ms is %i tenths of a second', (milliseconds, tenths) => {
    expect(tenthsOf(milliseconds)).toBe(tenths);
  });

  it('is never further away than half a step, and keeps the order', () => {
    fc.assert(
      fc.property(fc.nat({ max: 90_000_000 }), fc.nat({ max: 90_000_000 }), (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(tenthsOf(less)).toBeLessThanOrEqual(tenthsOf(more));
        expect(Math.abs(tenthsOf(a) * 100 - a)).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});

describe('percentiles of a histogram', () => {
  it('are those of the list of its values, by nearest rank', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 50 }), { minLength: 1 }),
        fc.constantFrom(0.5, 0.9),
        (values, share) => {
          const histogram: Record<string, number> = {};
          for (const value of values) histogram[value] = (histogram[value] ?? 0) + 1;
          const sorted = values.toSorted((a, b) => a - b);
          const rank = Math.ceil(share * values.length);
          expect(percentile(histogram, share)).toBe((sorted[rank - 1] as number) / 10);
          expect(countOf(histogram)).toBe(values.length);
          expect(countWithin(histogram, 2)).toBe(values.filter((value) => value <= 20).length);
        },
      ),
    );
  });

  it('of nothing are nothing', () => {
    expect(percentile({}, 0.5)).toBeNull();
    expect(countWithin({}, 10)).toBe(0);
  });
});
