import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { value } from '../testing/arbitraries.ts';
import { compareText } from './text-order.ts';
import type { Value } from './value.ts';
import { compareValues, equalValues, identicalValues } from './value-order.ts';

/**
 * A text that two values share exactly when they are equal for queries, made without the order:
 * numbers by their exact value, maps without the order of their keys.
 */
function canonical(value: Value): string {
  switch (value.kind) {
    case 'integer':
      return `number ${value.value}`;
    case 'double':
      return `number ${Number.isInteger(value.value) ? BigInt(value.value) : value.value}`;
    case 'array':
      return `array ${JSON.stringify(value.values.map(canonical))}`;
    case 'map': {
      const entries = [...value.fields].map(([key, entry]) => [key, canonical(entry)]);
      return `map ${JSON.stringify(entries.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)))}`;
    }
    default: {
      const texts = JSON.stringify(value, (_, part) =>
        typeof part === 'bigint' ? `${part}` : part,
      );
      return `${value.kind} ${texts}`;
    }
  }
}

describe('the order of values', () => {
  it('is antisymmetric', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.sign(compareValues(a, b)) + Math.sign(compareValues(b, a))).toBe(0);
      }),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const [x, y, z] = [a, b, c].sort(compareValues) as [Value, Value, Value];
        expect(compareValues(x, y)).toBeLessThanOrEqual(0);
        expect(compareValues(y, z)).toBeLessThanOrEqual(0);
        expect(compareValues(x, z)).toBeLessThanOrEqual(0);
        if (equalValues(x, y) && equalValues(y, z)) expect(equalValues(x, z)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('finds equal exactly what is equal', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(equalValues(a, b)).toBe(canonical(a) === canonical(b));
        expect(equalValues(a, structuredClone(a))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('calls identical only what is equal', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(identicalValues(a, structuredClone(a))).toBe(true);
        if (identicalValues(a, b)) expect(equalValues(a, b)).toBe(true);
      }),
    );
  });

  it('tells apart for storage what queries find equal', () => {
    const one: Value = { kind: 'integer', value: 1n };
    const onePointZero: Value = { kind: 'double', value: 1 };
    const zero: Value = { kind: 'double', value: 0 };
    const minusZero: Value = { kind: 'double', value: -0 };
    expect([equalValues(one, onePointZero), identicalValues(one, onePointZero)]).toEqual([
      true,
      false,
    ]);
    expect([equalValues(zero, minusZero), identicalValues(zero, minusZero)]).toEqual([true, false]);
  });

  it('keeps large integers apart from the doubles beside them', () => {
    const integer: Value = { kind: 'integer', value: 2n ** 53n + 1n };
    const double: Value = { kind: 'double', value: 2 ** 53 };
    expect(compareValues(integer, double)).toBeGreaterThan(0);
  });

  it('goes through the types from null to map', () => {
    const ascending: Value[] = [
      { kind: 'null' },
      { kind: 'boolean', value: false },
      { kind: 'boolean', value: true },
      { kind: 'double', value: Number.NaN },
      { kind: 'double', value: -Infinity },
      { kind: 'integer', value: -1n },
      { kind: 'timestamp', nanoseconds: -1n },
      { kind: 'timestamp', nanoseconds: 1n },
      { kind: 'string', value: '' },
      { kind: 'string', value: '\uffee' },
      { kind: 'string', value: '🔥' },
      { kind: 'bytes', value: new Uint8Array([0]) },
      { kind: 'reference', name: 'projects/p/databases/d/documents/a/__id10__' },
      { kind: 'reference', name: 'projects/p/databases/d/documents/a/9' },
      { kind: 'geoPoint', latitude: -1, longitude: 5 },
      { kind: 'geoPoint', latitude: 0, longitude: 0 },
      { kind: 'array', values: [] },
      { kind: 'array', values: [{ kind: 'null' }] },
      { kind: 'vector', values: [9] },
      { kind: 'vector', values: [1, 1] },
      { kind: 'map', fields: new Map() },
      { kind: 'map', fields: new Map<string, Value>([['a', { kind: 'null' }]]) },
      { kind: 'map', fields: new Map<string, Value>([['b', { kind: 'null' }]]) },
    ];
    expect(ascending.toReversed().sort(compareValues)).toEqual(ascending);
  });
});

describe('the order of text', () => {
  it('is the order of its UTF-8 bytes', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(compareText(a, b)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { numRuns: 1000 },
    );
  });
});
