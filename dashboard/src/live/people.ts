import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { Page } from '../api/types.ts';
import { askSignedIn, session } from '../session/session.ts';
import { useTexts } from '../texts/texts.ts';

export interface Colleague {
  id: string;
  name: string;
  role: 'viewer' | 'supervisor' | 'company_admin';
  reachable: boolean;
}

const LONG = 5 * 60_000;

/** Everybody who acts on calls with me. */
export function useColleagues(): readonly Colleague[] {
  const { data } = useQuery({
    queryKey: ['colleagues'],
    staleTime: LONG,
    async queryFn({ signal }) {
      const all: Colleague[] = [];
      let cursor: string | null = null;
      do {
        const query: string = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
        const page = await askSignedIn<Page<Colleague>>('GET', `/api/colleagues${query}`, {
          signal,
        });
        all.push(...page.body.items);
        cursor = page.body.next_cursor;
      } while (cursor !== null);
      return all;
    },
  });
  return data ?? [];
}

/** A supervisor's name; "You" for oneself, the id where nobody knows it. */
export function useNameOf(): (adminId: string) => string {
  const { live } = useTexts();
  const colleagues = useColleagues();
  const me = useStore(session, (current) => ('admin' in current ? current.admin.id : undefined));
  return (adminId) =>
    adminId === me ? live.you : (colleagues.find(({ id }) => id === adminId)?.name ?? adminId);
}

/** The caller's name where they are known. */
export function useWorkerName(workerId: string): string | undefined {
  const isKnown = workerId !== 'unknown';
  const { data } = useQuery({
    queryKey: ['worker', workerId],
    staleTime: LONG,
    enabled: isKnown,
    queryFn: async ({ signal }) =>
      (await askSignedIn<{ name: string }>('GET', `/api/workers/${workerId}`, { signal })).body
        .name,
  });
  return data;
}

/** The last four digits: enough to tell two callers apart on a screen that many can see. */
export function maskedNumber(number: string): string | undefined {
  return /^\+[0-9]{5,}$/.test(number) ? `•••• ${number.slice(-4)}` : undefined;
}
