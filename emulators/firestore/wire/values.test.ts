import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identicalValues } from '../engine/value-order.ts';
import { value } from '../testing/arbitraries.ts';
import { loadFirestoreService } from './service-definition.ts';
import { decodeTimestamp, decodeValue, encodeTimestamp, encodeValue } from './values.ts';

describe('values on the wire', () => {
  it('come back as they were, through the bytes of the protocol', () => {
    const { CreateDocument } = loadFirestoreService();
    fc.assert(
      fc.property(value, (original) => {
        const request = { document: { fields: { v: encodeValue(original) } } };
        const bytes = CreateDocument?.requestSerialize(request) ?? Buffer.alloc(0);
        const decoded = CreateDocument?.requestDeserialize(bytes) as typeof request;
        const restored = decodeValue(decoded.document.fields.v);
        expect(identicalValues(restored, original)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('lose what is finer than a microsecond', () => {
    const decoded = decodeValue({ timestampValue: { seconds: '-1', nanos: 123_456_789 } });
    expect(decoded).toEqual({ kind: 'timestamp', nanoseconds: -876_544_000n });
  });

  it.each([
    ['without a type', {}],
    ['a point off the Earth', { geoPointValue: { latitude: 91, longitude: 0 } }],
    [
      'a vector of text',
      {
        mapValue: {
          fields: {
            __type__: { stringValue: '__vector__' },
            value: { arrayValue: { values: [{ stringValue: 'x' }] } },
          },
        },
      },
    ],
  ])('are refused: %s', (_, wire) => {
    expect(() => decodeValue(wire)).toThrow();
  });
});

describe('times on the wire', () => {
  it('come back as they were, also before 1970', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (time) => {
        const encoded = encodeTimestamp(time);
        expect(encoded.nanos).toBeGreaterThanOrEqual(0);
        expect(decodeTimestamp(encoded)).toBe(time);
      }),
    );
  });
});
