import { useQuery } from '@tanstack/react-query';
import type { Page } from '../../api/types.ts';
import { askSignedIn } from '../../session/session.ts';

/** Workers that are named: enough to know whom to look for. */
const SHOWN = 5;

export interface Naming {
  names: string;
  /** Whether there are more than are named. */
  more: boolean;
}

/** Which workers name a site or a supervisor, asked anew each time. `id` undefined: nothing is asked. */
export function useWorkersNaming(field: 'site_id' | 'admin_id', id: string | undefined) {
  return useQuery({
    queryKey: ['workers naming', field, id],
    enabled: id !== undefined,
    staleTime: 0,
    gcTime: 0,
    async queryFn({ signal }): Promise<Naming> {
      const query = new URLSearchParams({ [field]: id ?? '', limit: String(SHOWN) });
      const path = `/api/workers?${query}`;
      const { body } = await askSignedIn<Page<{ name: string }>>('GET', path, { signal });
      return {
        names: body.items.map(({ name }) => name).join(', '),
        more: body.next_cursor !== null,
      };
    },
  });
}
