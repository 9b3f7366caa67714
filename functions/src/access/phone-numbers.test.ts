import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeNumber } from '../calls/phone.ts';
import { e164Of, workerNumberKey } from './phone-numbers.ts';

describe('a number that somebody typed', () => {
  it.each([
    ['+919812345678', undefined, '+919812345678'],
    [' +91 98123-45678 ', undefined, '+919812345678'],
    ['+1 (555) 010-0001', undefined, '+15550100001'],
    ['98123 45678', 'IN', '+919812345678'],
    ['098123 45678', 'IN', '+919812345678'],
    ['+49 30 901820', 'IN', '+4930901820'],
    ['\uff0b\uff19\uff11 98123 45678', undefined, '+919812345678'],
  ])('%j with the default country %s is %s', (text, country, expected) => {
    expect(e164Of(text, country)).toBe(expected);
  });

  it.each(['98123 45678', 'anonymous', '+266696687', 'client:alice', '+1', '911', '', '+', 'x'])(
    '%j says too little',
    (text) => expect(e164Of(text)).toBeUndefined(),
  );

  it('is what callers with it are stored as, or nothing', () => {
    const near = fc.string({ unit: fc.constantFrom(...'+0123456789 -()x') });
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        const number = e164Of(text, 'IN');
        if (number === undefined) return;
        expect(number).toMatch(/^\+[1-9][0-9]{3,14}$/);
        expect(normalizeNumber(number)).toBe(number);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is claimed for one company', () => {
    const key = workerNumberKey('steel', '+919812345678');
    expect(key).toMatch(/^[0-9a-f]{40}$/);
    expect(workerNumberKey('paper', '+919812345678')).not.toBe(key);
  });
});
