import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareKeys, keyProblem, MAX_KEY, MIN_KEY } from './keys.ts';

const anyKeys = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.integer().map(String),
  fc.constantFrom('0', '-0', '00', '01', '1', '2147483647', '2147483648', '-2147483649'),
);

describe('the order of keys', () => {
  test('puts 32-bit integers first, by value and then by length', () => {
    const keys = ['b', '10', 'B', '9', '01', '1', '-5', '2147483648', '0', '-Nx', 'é'];
    const sorted = ['-5', '0', '1', '01', '9', '10', '-Nx', '2147483648', 'B', 'b', 'é'];
    expect(keys.sort(compareKeys)).toEqual(sorted);
  });

  test('has a first and a last name beyond all keys', () => {
    fc.assert(
      fc.property(anyKeys, (key) => {
        expect(compareKeys(MIN_KEY, key)).toBeLessThan(0);
        expect(compareKeys(MAX_KEY, key)).toBeGreaterThan(0);
      }),
    );
  });

  test('is total: equal only to itself, the same from both sides, transitive', () => {
    fc.assert(
      fc.property(anyKeys, anyKeys, anyKeys, (a, b, c) => {
        expect(compareKeys(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareKeys(a, b)) + Math.sign(compareKeys(b, a))).toBe(0);
        if (compareKeys(a, b) <= 0 && compareKeys(b, c) <= 0) {
          expect(compareKeys(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

describe('a key', () => {
  test.each(['.', '$', '#', '[', ']', '/', '\u0000', '\u001f', '\u007f', '\n'])(
    'may not contain %j',
    (character) => expect(keyProblem(`a${character}b`)).toMatch(/contains/),
  );

  test.each(['+15550100', 'a b', 'é', '__proto__', '%2F', "o'clock", '"'])('may be %j', (key) =>
    expect(keyProblem(key)).toBeUndefined(),
  );

  test('may not be empty', () => expect(keyProblem('')).toMatch(/empty/));

  test('may have 768 bytes and not one more, whatever its characters', () => {
    expect(keyProblem('a'.repeat(768))).toBeUndefined();
    expect(keyProblem('a'.repeat(769))).toMatch(/768/);
    expect(keyProblem('é'.repeat(384))).toBeUndefined();
    expect(keyProblem('é'.repeat(385))).toMatch(/768/);
  });
});
