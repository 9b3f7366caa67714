import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Page } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { frameTexts } from '../../../texts/office/frame.ts';
import { workersTexts } from '../../../texts/office/workers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { useIsCompanyAdmin } from '../admins-only.tsx';
import { FileButtons } from './file-buttons.tsx';
import { isFiltered, queryOf } from './filters.ts';
import { RemoveWorkerDialog } from './remove-worker-dialog.tsx';
import type { Worker } from './worker.ts';
import { WorkerDataDialog } from './worker-data-dialog.tsx';
import { AddWorkerDialog, EditWorkerDialog } from './worker-dialogs.tsx';
import { WorkerFilterBar } from './worker-filter-bar.tsx';
import { type Act, WorkersTable } from './workers-table.tsx';

/** The company's workers. Everybody reads them, company admins change them. */
export function WorkersScreen() {
  const { workers: title } = useTextsOf(frameTexts);
  const texts = useTextsOf(workersTexts);
  const common = useTextsOf(commonTexts);
  const mayChange = useIsCompanyAdmin();
  const { open, ...filters } = useSearch({ from: '/office/workers' });
  const navigate = useNavigate({ from: '/office/workers' });
  const [isAdding, setAdding] = useState(false);
  const [doing, setDoing] = useState<{ act: Act; worker: Worker }>();
  const heading = useRef<HTMLHeadingElement>(null);
  const queries = useQueryClient();
  const workers = useInfiniteQuery({
    queryKey: ['workers', filters],
    // Whoever has gone on to a row must not lose it under their fingers.
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const path = `/api/workers${queryOf({ ...filters, open: undefined }, pageParam)}`;
      return (await askSignedIn<Page<Worker>>('GET', path, { signal })).body;
    },
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
  const items = workers.data?.pages.flatMap(({ items }) => items) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = workers;

  // A page of a search can be empty although more follow.
  useEffect(() => {
    if (items.length === 0 && hasNextPage && !isFetching) void fetchNextPage();
  }, [items.length, hasNextPage, isFetching, fetchNextPage]);

  async function refresh(worker?: Worker): Promise<void> {
    const keys = [['workers'], ['workers naming'], ...(worker ? [['worker', worker.id]] : [])];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  }

  async function gone(): Promise<void> {
    await refresh(doing?.worker);
    // The button that asked for it is gone.
    heading.current?.focus();
  }

  function act(act: Act, worker: Worker): void {
    if (act !== 'edit') setDoing({ act, worker });
    else void navigate({ search: (known) => ({ ...known, open: worker.id }) });
  }

  const close = () =>
    void navigate({ search: (known) => ({ ...known, open: undefined }), replace: true });
  const chosen = (act: Act) => (doing?.act === act ? doing.worker : undefined);

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {mayChange && (
          <Group gap="xs">
            <FileButtons />
            <Button onClick={() => setAdding(true)}>{texts.add}</Button>
          </Group>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {mayChange ? texts.about : `${texts.about} ${common.readOnly}`}
      </Text>
      <WorkerFilterBar filters={filters} />
      <Pending of={workers} />
      {workers.isSuccess && items.length === 0 && !hasNextPage && (
        <Text c="dimmed" py="xl" ta="center">
          {isFiltered(filters) ? texts.noneFound : mayChange ? texts.none : texts.noneYet}
        </Text>
      )}
      {items.length > 0 && <WorkersTable workers={items} onAct={mayChange ? act : undefined} />}
      <MoreButton of={workers}>{common.more}</MoreButton>
      <AddWorkerDialog
        opened={isAdding}
        onClose={() => setAdding(false)}
        onSaved={(worker) => void refresh(worker)}
      />
      <EditWorkerDialog
        id={mayChange ? open : undefined}
        onClose={close}
        onSaved={(worker) => void refresh(worker)}
      />
      <WorkerDataDialog
        worker={chosen('data')}
        onClose={() => setDoing(undefined)}
        onErased={gone}
      />
      <RemoveWorkerDialog
        worker={chosen('remove')}
        onClose={() => setDoing(undefined)}
        onRemoved={gone}
      />
    </Stack>
  );
}
