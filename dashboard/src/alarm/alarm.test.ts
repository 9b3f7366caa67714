import { describe, expect, it } from 'vitest';
import { callOf } from '../live/calls.fixture.ts';
import { unseenCritical } from './alarm.ts';

const critical = callOf({ urgency: 'CRITICAL', status: 'ACTIVE', acknowledged: [], owner: null });
const at = '2025-10-04T14:31:00+05:30';

describe('the alarm', () => {
  it('goes on for a critical call that nobody has seen', () => {
    expect(unseenCritical([critical])).toEqual([critical]);
    const withAurora = { ...critical, owner: { kind: 'aurora' as const, epoch: 2 } };
    expect(unseenCritical([withAurora])).toEqual([withAurora]);
  });

  it.each([
    ['less urgent', { urgency: 'URGENT' as const }],
    ['over', { status: 'ENDED' as const }],
    ['acknowledged', { acknowledged: [{ by: 'asha', at }] }],
    ['taken over', { owner: { kind: 'supervisor' as const, id: 'asha', epoch: 1 } }],
  ])('is quiet for one that is %s', (_, fields) => {
    expect(unseenCritical([callOf({ ...critical, ...fields })])).toEqual([]);
  });

  it('goes on as long as one of many is unseen', () => {
    const seen = callOf({ ...critical, acknowledged: [{ by: 'asha', at }] });
    expect(unseenCritical([seen, critical, seen])).toEqual([critical]);
  });
});
