import { describe, expect, it } from 'vitest';
import { countByUrgency } from './counts.ts';

describe('the counts', () => {
  it('name every urgency, those that no call has too', () => {
    const calls = [{ urgency: 'URGENT' }, { urgency: 'CRITICAL' }, { urgency: 'URGENT' }] as const;
    expect(countByUrgency(calls)).toEqual({ CRITICAL: 1, URGENT: 2, NORMAL: 0 });
    expect(countByUrgency([])).toEqual({ CRITICAL: 0, URGENT: 0, NORMAL: 0 });
  });
});
