import { useQuery } from '@tanstack/react-query';
import { loadConfig } from '../api/client-config.ts';
import { askSignedIn } from '../session/session.ts';

const LONG = 5 * 60_000;

/** The zone in which the company's days and hours are; undefined until it is known. */
export function useCompanyZone(): string | undefined {
  const { data } = useQuery({
    queryKey: ['company zone'],
    staleTime: LONG,
    // The installation's own zone is nearer than none.
    queryFn: async ({ signal }) => {
      const asking = askSignedIn<{ time_zone: string }>('GET', '/api/company', { signal });
      return asking.then(
        ({ body }) => body.time_zone,
        async () => (await loadConfig()).time_zone,
      );
    },
  });
  return data;
}
