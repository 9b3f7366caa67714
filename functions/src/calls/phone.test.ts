import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeNumber } from './phone.ts';

describe('normalizeNumber', () => {
  it.each([
    ['+919876543210', 'IN', '+919876543210'],
    ['098765 43210', 'IN', '+919876543210'],
    ['(555) 010-0001', 'US', '+15550100001'],
    ['+1 555 010 0001', undefined, '+15550100001'],
    ['', undefined, 'anonymous'],
    ['  ', undefined, 'anonymous'],
    ['Anonymous', undefined, 'anonymous'],
    ['+266696687', undefined, 'anonymous'],
    ['+86282452253', undefined, 'anonymous'],
    ['client:alice', undefined, 'client:alice'],
    ['sip:crane@plant.example', undefined, 'sip:crane@plant.example'],
    ['client:al\u0007ice\u202e', undefined, 'client:alice'],
    ['12345', undefined, '+12345'],
    ['whatever', undefined, 'whatever'],
    ['\u0000 \u0000', undefined, 'anonymous'],
  ])('%j in %s is %j', (text, country, expected) => {
    expect(normalizeNumber(text, country)).toBe(expected);
  });

  it('is short, printable and stable for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normalizeNumber(text);
        expect(once.length).toBeGreaterThan(0);
        expect(once.length).toBeLessThanOrEqual(128);
        expect(once).not.toMatch(/\p{Cc}/u);
        expect(normalizeNumber(once)).toBe(once);
      }),
    );
  });
});
