import { describe, expect, it } from 'vitest';
import { applyTransform, type Transform } from './transform.ts';
import type { Value } from './value.ts';

const integer = (value: number | bigint): Value => ({ kind: 'integer', value: BigInt(value) });
const double = (value: number): Value => ({ kind: 'double', value });
const text: Value = { kind: 'string', value: 'x' };
const LARGEST = 2n ** 63n - 1n;

function after(stored: Value | undefined, transform: Transform): Value {
  return applyTransform(transform, stored, 0n).value;
}

describe('increment', () => {
  it.each([
    ['a missing field', undefined, integer(2), integer(2)],
    ['text', text, integer(2), integer(2)],
    ['integers', integer(1), integer(2), integer(3)],
    ['an integer and a double', integer(1), double(0.5), double(1.5)],
    ['a double and an integer', double(1), integer(1), double(2)],
    ['the largest integer', integer(LARGEST), integer(1), integer(LARGEST)],
    ['the smallest integer', integer(-LARGEST - 1n), integer(-1), integer(-LARGEST - 1n)],
  ])('%s', (_, stored, operand, expected) => {
    expect(after(stored, { kind: 'increment', operand })).toEqual(expected);
  });
});

describe('maximum and minimum', () => {
  it.each([
    ['maximum', integer(1), integer(2), integer(2)],
    ['maximum', integer(3), double(2.5), integer(3)],
    ['maximum', integer(3), double(3), integer(3)],
    ['maximum', double(0), double(-0), double(0)],
    ['maximum', integer(1), double(Number.NaN), double(Number.NaN)],
    ['maximum', double(Number.NaN), integer(1), double(Number.NaN)],
    ['minimum', integer(1), double(0.5), double(0.5)],
    ['minimum', double(Number.NaN), integer(1), double(Number.NaN)],
    ['minimum', integer(1), double(Number.NaN), double(Number.NaN)],
    ['minimum', text, integer(1), integer(1)],
    ['minimum', undefined, integer(1), integer(1)],
  ] as const)('%s of %o and %o', (kind, stored, operand, expected) => {
    expect(after(stored, { kind, operand })).toEqual(expected);
  });
});

describe('array transforms', () => {
  it('compare by value, so that 1 and 1.0 are the same element', () => {
    const stored: Value = { kind: 'array', values: [integer(1), double(Number.NaN)] };
    const elements = [double(1), double(Number.NaN), text];
    expect(after(stored, { kind: 'appendMissing', elements })).toEqual({
      kind: 'array',
      values: [integer(1), double(Number.NaN), text],
    });
    expect(after(stored, { kind: 'removeAll', elements })).toEqual({ kind: 'array', values: [] });
  });

  it('report null to the client', () => {
    const { reported } = applyTransform({ kind: 'appendMissing', elements: [] }, undefined, 0n);
    expect(reported).toEqual({ kind: 'null' });
  });
});

describe('the server timestamp', () => {
  it('is the commit time in milliseconds', () => {
    const { value } = applyTransform({ kind: 'serverTimestamp' }, undefined, 1_234_567_000n);
    expect(value).toEqual({ kind: 'timestamp', nanoseconds: 1_234_000_000n });
  });
});
