import { useQuery } from '@tanstack/react-query';
import { allPages } from '../all-pages.ts';

interface Named {
  id: string;
  name: string;
}

const LONG = 60_000;

/** Everybody and everything that can have done something in the company. */
export function usePeopleAndKeys(): { people: readonly Named[]; keys: readonly Named[] } {
  const { data } = useQuery({
    queryKey: ['people and keys'],
    staleTime: LONG,
    async queryFn({ signal }) {
      const [people, keys] = await Promise.all([
        allPages<Named>('/api/admins', signal),
        allPages<Named>('/api/api-keys', signal),
      ]);
      return { people, keys };
    },
  });
  return data ?? { people: [], keys: [] };
}
