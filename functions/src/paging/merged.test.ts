import { describe, expect, it } from 'vitest';
import { CALL_ID } from '../calls/events.fixture.ts';
import { open, START } from './chain.fixture.ts';
import { take } from './merged.ts';

const OTHER = CALL_ID.replace('143000', '143010');

describe('a chain of pages', () => {
  it('takes another call of the incident in, once', () => {
    const both = take(take(open(), OTHER, START + 1), OTHER, START + 2);
    expect(both.merged).toEqual({ [OTHER]: START + 1 });
    expect(take(both, CALL_ID, START + 3)).toBe(both);
  });
});
