import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/ask.ts';
import { session } from '../session/session.ts';

/** Times that nothing came, or that a server failed: what was refused is not asked again. */
const TRIES = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) =>
        failures < TRIES &&
        !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

/** What could not be read while the session was over is read once somebody has signed in again. */
session.subscribe((now, before) => {
  if (now.state === 'signed_in' && before.state === 'expired') void queries.invalidateQueries();
});
