import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChaos, seededRandom } from './chaos.ts';

const plans = (seed: number, count = 50) => {
  const plan = createChaos({ seed });
  return Array.from({ length: count }, () => plan());
};

describe('chaos', () => {
  it('is the same each time for one seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(plans(seed)).toEqual(plans(seed));
      }),
    );
  });

  it('differs from seed to seed', () => {
    expect(plans(1)).not.toEqual(plans(2));
  });

  it('brings every mishap within a call or two', () => {
    const seen = plans(7, 200);
    expect(new Set(seen.map(({ copies }) => copies))).toEqual(
      new Set(['one', 'two-at-once', 'again-after-the-answer']),
    );
    expect(new Set(seen.map(({ heard }) => heard))).toEqual(new Set(['first', 'second']));
    expect(seen.some(({ repeatEarlier }) => repeatEarlier !== null)).toBe(true);
    expect(seen.some(({ delay }) => delay > 0)).toBe(true);
  });

  it('leaves a webhook alone where the probability is 0', () => {
    const plan = createChaos({ seed: 1, probability: 0 })();
    expect(plan).toMatchObject({ delay: 0, copies: 'one', heard: 'first', repeatEarlier: null });
  });

  it('draws numbers from 0 to 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const value = seededRandom(seed)();
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(1);
      }),
    );
  });
});
