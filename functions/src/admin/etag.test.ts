import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { etagOf, IfMatch, requireUnchanged } from './etag.ts';

describe('an ETag', () => {
  it('is strong, and the same for the same fields in any order', () => {
    expect(etagOf({ a: 1, b: { c: [1, 2], d: null } })).toBe(
      etagOf({ b: { d: null, c: [1, 2] }, a: 1, e: undefined }),
    );
    expect(etagOf({})).toMatch(/^"[A-Za-z0-9_-]{27}"$/);
    expect(etagOf({ a: [1, 2] })).not.toBe(etagOf({ a: [2, 1] }));
    expect(etagOf({ a: null })).not.toBe(etagOf({}));
  });

  it('tells any two JSON values apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = etagOf(a) === etagOf(b);
        const reread = (value: unknown) => etagOf(JSON.parse(JSON.stringify(value)));
        expect(reread(a)).toBe(etagOf(a));
        if (same) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    );
  });

  it('lets a change through that names the version, in a list or weakened by a proxy', () => {
    const etag = etagOf({ a: 1 });
    for (const header of [undefined, '*', etag, `W/${etag}`, `"x", ${etag}`]) {
      expect(IfMatch.safeParse({ 'if-match': header }).success).toBe(true);
      requireUnchanged(header, { a: 1 });
    }
    expect(() => requireUnchanged(etag, { a: 2 })).toThrow(
      expect.objectContaining({ status: 412, code: 'changed_meanwhile' }),
    );
  });

  it.each(['', 'x', '"', '"a" "b"', 'w/"a"', '*, "a"', '"a",'])('is not what %j is', (header) =>
    expect(IfMatch.safeParse({ 'if-match': header }).success).toBe(false),
  );
});
