import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identicalValues } from '../engine/value-order.ts';
import { value } from '../testing/arbitraries.ts';
import { formatTime, parseTime, timeSchema } from './time-json.ts';
import { valueFromJson, valueToJson } from './value-json.ts';

describe('saved values', () => {
  it('come back from JSON text as they were', () => {
    fc.assert(
      fc.property(value, (original) => {
        const restored = valueFromJson(JSON.parse(JSON.stringify(valueToJson(original))));
        expect(identicalValues(restored, original)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    {},
    { a: 1, b: 2 },
    { number: 1 },
    { integer: 1 },
    { timestamp: 'now' },
    { array: 1 },
    null,
  ])('are refused when malformed: %j', (json) => {
    expect(() => valueFromJson(json)).toThrow();
  });
});

describe('saved times', () => {
  it('come back as they were, also before 1970', () => {
    const nanoseconds = fc.bigInt({
      min: -62_135_596_800n * 10n ** 9n,
      max: 253_402_300_799n * 10n ** 9n,
    });
    fc.assert(
      fc.property(nanoseconds, (time) => {
        expect(parseTime(timeSchema.parse(formatTime(time)))).toBe(time);
      }),
    );
  });
});
