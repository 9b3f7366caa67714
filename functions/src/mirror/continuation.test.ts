import { describe, expect, it } from 'vitest';
import { CALL_ID as CALL_ID_PATTERN } from '../calls/ids.ts';
import { continuationOf } from './continuation.ts';

describe('continuationOf', () => {
  it.each([
    ['call_1_20251004_143000_abcdef', 'call_1_20251004_143001_abcdef'],
    ['call_anonymous_20251231_235959_abcdef', 'call_anonymous_20260101_000000_abcdef'],
    ['call_h0123456789ab_20240228_235959_abcdef', 'call_h0123456789ab_20240229_000000_abcdef'],
  ])('of %s is %s', (id, next) => {
    expect(continuationOf(id)).toBe(next);
    expect(next).toMatch(CALL_ID_PATTERN);
  });
});
