import fc from 'fast-check';
import { liveCall } from '../../../functions/src/admin/records.fixture.ts';
import { viewCall } from '../../../functions/src/admin/views.ts';
import type { CallView, Message } from '../api/types.ts';

/** A live call as the API shows it, with these fields. */
export function callOf(fields: Partial<CallView> = {}): CallView {
  const call = viewCall('call_15550100001_20251004_143000_0a1b2c', {
    live: liveCall,
    archived: undefined,
  });
  if (!call) throw new Error('The fixture has no call.');
  return { ...call, ...fields };
}

export function messageOf(n: number, rank: 0 | 1 | 2 = 0, content = `words ${n}`): Message {
  const role = (['user', 'assistant', 'admin'] as const)[rank];
  const id = `m${String(n).padStart(6, '0')}-abcdef-${rank}`;
  const timestamp = `2025-10-04T14:30:${String(n % 60).padStart(2, '0')}+05:30`;
  return { id, role, content, timestamp, sources: '' };
}

export const anyCall: fc.Arbitrary<CallView> = fc
  .record({
    call_id: fc.constantFrom('call_a', 'call_b', 'call_c', 'call_d'),
    urgency: fc.constantFrom('NORMAL' as const, 'URGENT' as const, 'CRITICAL' as const),
    status: fc.constantFrom('ACTIVE' as const, 'ENDED' as const),
    timestamp: fc.constantFrom(
      '2025-10-04T14:30:00+05:30',
      '2025-10-04T14:29:00+05:30',
      '2025-10-04T09:00:30Z',
    ),
  })
  .map(callOf);
