import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type {
  CardText,
  CardView,
  InsightsView,
  Manual,
  ManualText,
  ManualVersion,
  Page,
  PassageView,
} from '../../../api/types.ts';
import { askSignedIn, session } from '../../../session/session.ts';
import { allPages } from '../all-pages.ts';
import { faultOf, queryOf, type Range } from '../insights/range.ts';
import { usageOf } from './usage.ts';

/** All that is asked of manuals stands under this key, and is asked anew after each change. */
export const MANUALS = 'manuals';

/** What never changes is not asked for again. */
const FOREVER = Number.POSITIVE_INFINITY;

export function useManuals() {
  return useQuery({
    queryKey: [MANUALS],
    queryFn: ({ signal }) => allPages<Manual>('/api/manuals', signal),
  });
}

/** The newest version, with the tag to change it with; or the one that is named. */
export function useManual(id: string, version?: number) {
  return useQuery({
    queryKey: [MANUALS, id, 'text', version ?? 'newest'],
    queryFn: async ({ signal }) => {
      const query = version === undefined ? '' : `?version=${version}`;
      const { body, etag } = await askSignedIn<ManualText>('GET', `/api/manuals/${id}${query}`, {
        signal,
      });
      return { manual: body, etag };
    },
  });
}

/** `hash` is that of the text: of other words these are not the passages. */
export function usePassages({ id, version, hash }: Pick<ManualText, 'id' | 'version' | 'hash'>) {
  return useQuery({
    queryKey: [MANUALS, id, 'passages', version, hash],
    queryFn: async ({ signal }) => {
      const path = `/api/manuals/${id}/passages?version=${version}`;
      return (await askSignedIn<Page<PassageView>>('GET', path, { signal })).body.items;
    },
  });
}

export function useVersions(id: string) {
  return useQuery({
    queryKey: [MANUALS, id, 'versions'],
    queryFn: ({ signal }) => allPages<ManualVersion>(`/api/manuals/${id}/versions`, signal),
  });
}

/** The cards that ship. */
export function useCards() {
  return useQuery({
    queryKey: ['cards'],
    staleTime: FOREVER,
    queryFn: async ({ signal }) =>
      (await askSignedIn<Page<CardView>>('GET', '/api/cards', { signal })).body.items,
  });
}

export function useCard(id: string | undefined) {
  return useQuery({
    queryKey: ['cards', id],
    enabled: id !== undefined,
    staleTime: FOREVER,
    queryFn: async ({ signal }) =>
      (await askSignedIn<CardText>('GET', `/api/cards/${id}`, { signal })).body,
  });
}

/** Whether somebody may see what callers have asked and heard; the API decides it once more. */
export function useMaySeeUsage(): boolean {
  return useStore(session, (now) => 'admin' in now && now.admin.role !== 'viewer');
}

/** How often passages were spoken in these days. */
export function useUsage(range: Range | undefined) {
  const maySee = useMaySeeUsage();
  return useQuery({
    queryKey: ['insights', range?.from, range?.to, undefined],
    enabled: maySee && range !== undefined && faultOf(range) === undefined,
    queryFn: async ({ signal }) => {
      const path = `/api/insights${range && queryOf(range, undefined)}`;
      return (await askSignedIn<InsightsView>('GET', path, { signal })).body;
    },
    select: ({ passages }) => usageOf(passages),
  });
}
