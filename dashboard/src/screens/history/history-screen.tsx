import { Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useStore } from 'zustand';
import type { CallView, Page } from '../../api/types.ts';
import { askSignedIn, session } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Pending } from '../../ui/pending.tsx';
import { CallsTable } from './calls-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { queryOf } from './filters.ts';

/** Calls that are over, found again by what was said and what came of them. */
export function HistoryScreen() {
  const { history } = useTexts();
  const filters = useSearch({ from: '/history' });
  const calls = useInfiniteQuery({
    queryKey: ['calls', filters],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const path = `/api/calls${queryOf(filters, { cursor: pageParam })}`;
      return (await askSignedIn<Page<CallView>>('GET', path, { signal })).body;
    },
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
  const mayExport = useStore(session, (now) => 'admin' in now && now.admin.role !== 'viewer');
  const items = calls.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3">
          {history.title}
        </Title>
        {mayExport && (
          <ExportMenu
            formats={['csv', 'json']}
            pathOf={(format) => `/api/calls/export${queryOf(filters, { format })}`}
          />
        )}
      </Group>
      <FilterBar filters={filters} />
      <Pending of={calls} />
      {calls.isSuccess && items.length === 0 && !calls.hasNextPage && (
        <Text c="dimmed" py="xl" ta="center">
          {history.none}
        </Text>
      )}
      {items.length > 0 && <CallsTable calls={items} />}
      <MoreButton of={calls}>{history.more}</MoreButton>
    </Stack>
  );
}
