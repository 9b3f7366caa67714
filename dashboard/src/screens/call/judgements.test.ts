import { describe, expect, it } from 'vitest';
import { callOf } from '../../live/calls.fixture.ts';
import { judgementsByTurn, turnOf } from './judgements.ts';

const judgement = (turn: number) => ({
  kind: 'aurora' as const,
  turn,
  at: '2025-10-04T14:31:00+05:30',
});

describe('changes of the urgency', () => {
  it('stand at the words after which they came', () => {
    const call = callOf({
      urgency_by: { ...judgement(4), raised: { URGENT: judgement(2), CRITICAL: judgement(4) } },
    });
    expect([...judgementsByTurn(call)]).toEqual([
      [2, { urgency: 'URGENT' }],
      [4, { urgency: 'CRITICAL' }],
    ]);
  });

  it('are one where a call was raised to both levels in one turn: the higher', () => {
    const call = callOf({
      urgency_by: { ...judgement(1), raised: { URGENT: judgement(1), CRITICAL: judgement(1) } },
    });
    expect([...judgementsByTurn(call)]).toEqual([[1, { urgency: 'CRITICAL' }]]);
  });

  it('are none in a call that was never raised', () => {
    expect(judgementsByTurn(callOf({ urgency_by: judgement(0) })).size).toBe(0);
  });
});

describe('the turn of a message', () => {
  it('is read from its id', () => {
    expect(turnOf('m000003-4f2a91-0')).toBe(3);
    expect(turnOf('m123456789-4f2a91-2')).toBe(123_456_789);
  });
});
