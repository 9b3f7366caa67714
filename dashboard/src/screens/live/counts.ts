import type { CallView, Urgency } from '../../api/types.ts';

/** From the most urgent on. */
export const URGENCIES = ['CRITICAL', 'URGENT', 'NORMAL'] as const;

export function countByUrgency(
  calls: readonly Pick<CallView, 'urgency'>[],
): Record<Urgency, number> {
  const counts = { CRITICAL: 0, URGENT: 0, NORMAL: 0 };
  for (const { urgency } of calls) counts[urgency] += 1;
  return counts;
}
