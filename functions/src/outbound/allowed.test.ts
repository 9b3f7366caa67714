import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, judge } from './allowed.ts';
import { planned } from './number-plan.ts';
import type { Purpose } from './outbound.ts';

const NUMBERS = [
  '+15550100001',
  '+15550100002',
  '+12025550123',
  '+18765551234',
  '+19005551234',
  '+919812345678',
  '+447090123456',
  '+447400123456',
  '+88216212345',
  '+979123456789',
  '+266696687',
  '+112',
  '112',
  'anonymous',
  'client:alice',
  '',
];
const PURPOSES: Purpose[] = ['page', 'join', 'caller', 'emergency'];

const number = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.stringMatching(/^\+[1-9][0-9]{5,14}$/),
  fc.string(),
);

const asked: fc.Arbitrary<Asked> = fc.record({
  to: number,
  purpose: fc.constantFrom(...PURPOSES),
  isPerson: fc.boolean(),
  caller: fc.option(number, { nil: undefined }),
  dialled: fc.option(number, { nil: undefined }),
  countries: fc.array(fc.constantFrom('US', 'IN', 'GB', 'JM'), { maxLength: 3 }),
  emergencyNumbers: fc.array(fc.constantFrom('112', '101', '+4989112'), { maxLength: 2 }),
});

describe('whoever is reached', () => {
  it('is of the company, or the caller in an allowed country, or the emergency number that was set', () => {
    fc.assert(
      fc.property(asked, (each) => {
        if (judge(each) !== 'allowed') return;
        if (each.purpose === 'emergency') {
          expect(each.emergencyNumbers).toContain(each.to);
          return;
        }
        const plan = planned(each.to);
        expect(plan?.costly).toBe(false);
        if (each.isPerson) return;
        expect([each.purpose, each.to]).toEqual(['caller', each.caller]);
        const own = planned(each.dialled ?? '')?.country;
        expect(each.countries.length > 0 ? each.countries : [own]).toContain(plan?.country);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused with a reason that holds no number', () => {
    fc.assert(
      fc.property(asked, (each) => {
        const verdict = judge(each);
        if (verdict !== 'allowed') expect(verdict.reason).toMatch(/^[a-z_]+$/);
      }),
    );
  });
});

describe('the numbering plan', () => {
  it.each([
    ['+919812345678', 'IN', false],
    ['+18765551234', 'JM', false],
    ['+15550100001', 'US', false],
    ['+19005551234', 'US', true],
  ])('knows country and cost of %s', (to, country, costly) => {
    expect(planned(to)).toEqual({ country, costly });
  });

  it('gives a satellite no country', () => {
    expect(planned('+8821612345678')?.country).toBeUndefined();
  });
});
