import type { CallView } from '../api/types.ts';

/** Critical calls that nobody has seen: the alarm goes on until somebody does. */
export function unseenCritical(calls: readonly CallView[]): CallView[] {
  return calls.filter(
    ({ status, urgency, acknowledged, owner }) =>
      status === 'ACTIVE' &&
      urgency === 'CRITICAL' &&
      acknowledged.length === 0 &&
      owner?.kind !== 'supervisor',
  );
}

/** Milliseconds without a sign of life after which what is shown may be old; heartbeats come each 30 s. */
export const STALE_AFTER = 45_000;
