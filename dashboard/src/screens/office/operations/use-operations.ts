import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../../api/ask.ts';
import type { Operations } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { askHealth } from '../../../status/health.ts';

const EVERY = 15_000;

/** Minutes over which lines are drawn. */
export const RANGES = [60, 360, 1_440, 2_880] as const;
export type Range = (typeof RANGES)[number];

export type DatabaseName = Operations['unread'][number];

/** What an operator is told, asked for again every 15 seconds. */
export function useOperations(range: Range) {
  return useQuery({
    queryKey: ['operations', range],
    queryFn: async ({ signal }) =>
      (await askSignedIn<Operations>('GET', `/api/operations?minutes=${range}`, { signal })).body,
    refetchInterval: EVERY,
    // The next is not far, and an outage is to be seen at once.
    retry: false,
  });
}

/**
 * Which databases are away, by the health check: it needs no sign-in, which needs a database itself.
 * Undefined while nobody knows.
 */
export function useAway(): readonly DatabaseName[] | undefined {
  const { data } = useQuery({
    queryKey: ['operations', 'health'],
    queryFn: () => askHealth(),
    refetchInterval: EVERY,
  });
  if (data?.kind !== 'answered') return undefined;
  const { databases } = data.health;
  return (['realtime_database', 'firestore'] as const).filter((name) => databases[name] === 'away');
}

export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}
