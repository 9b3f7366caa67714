import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields, value } from '../testing/arbitraries.ts';
import { formatFieldPath, getField, parseFieldPath, setField } from './field-path.ts';
import { identicalValues } from './value-order.ts';

const segments = fc.array(
  fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a', '`', '\\', 'a.b', '1')),
  { minLength: 1, maxLength: 4 },
);

describe('field paths', () => {
  it('come back from their text', () => {
    fc.assert(
      fc.property(segments, (path) => {
        expect(parseFieldPath(formatFieldPath(path)).segments).toEqual(path);
      }),
    );
  });

  it('have one text, whether quoted or not', () => {
    expect(parseFieldPath('`a`.b').text).toBe('a.b');
    expect(parseFieldPath('a-b').text).toBe('`a-b`');
  });

  it.each(['', '.', 'a.', '.a', 'a..b', '`a', 'a`b'])('are refused when malformed: %s', (text) => {
    expect(() => parseFieldPath(text)).toThrow();
  });
});

describe('fields', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'c.d'), { minLength: 1, maxLength: 3 });

  it('hold what was set, and the original stays as it was', () => {
    fc.assert(
      fc.property(fields, path, value, (original, at, set) => {
        const before = structuredClone(original);
        const found = getField(setField(original, at, set), at);
        expect(found !== undefined && identicalValues(found, set)).toBe(true);
        expect(original).toEqual(before);
      }),
    );
  });

  it('lose what was removed, and nothing is made on the way', () => {
    fc.assert(
      fc.property(fields, path, (original, at) => {
        const after = setField(original, at, undefined);
        expect(getField(after, at)).toBeUndefined();
        if (getField(original, at) === undefined) expect(after).toEqual(original);
      }),
    );
  });
});
