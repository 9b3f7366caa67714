import { useQuery } from '@tanstack/react-query';
import { askSignedIn } from '../../../session/session.ts';
import type { Role } from '../people/supervisor.ts';

/** Whoever is signed in, as the API has them. */
export interface Me {
  id: string;
  email: string;
  name: string;
  role: Role;
  phone: string | null;
  totp: { enabled: boolean; required: boolean };
}

export const ME = ['me'] as const;

export function useMe() {
  return useQuery({
    queryKey: ME,
    queryFn: async ({ signal }) => (await askSignedIn<Me>('GET', '/api/me', { signal })).body,
  });
}
