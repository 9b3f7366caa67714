import { Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { NamedEntry, Page } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { auditTexts } from '../../../texts/office/audit.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { frameTexts } from '../../../texts/office/frame.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ExportMenu } from '../../../ui/export-menu.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { AdminsOnly } from '../admins-only.tsx';
import { AuditEntries } from './audit-entries.tsx';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { auditQueryOf } from './audit-filters.ts';
import { nameOfTarget } from './target-link.tsx';

export function AuditScreen() {
  const { audit: title } = useTextsOf(frameTexts);
  return (
    <AdminsOnly title={title}>
      <AuditLog />
    </AdminsOnly>
  );
}

/** What was done in the company, found again by who, what, when and by words. */
function AuditLog() {
  const { audit: title } = useTextsOf(frameTexts);
  const texts = useTextsOf(auditTexts);
  const common = useTextsOf(commonTexts);
  const navigate = useNavigate({ from: '/office/audit' });
  const filters = useSearch({ from: '/office/audit' });
  const log = useInfiniteQuery({
    queryKey: ['audit log', filters],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const path = `/api/audit${auditQueryOf(filters, pageParam)}`;
      return (await askSignedIn<Page<NamedEntry>>('GET', path, { signal })).body;
    },
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
  const entries = log.data?.pages.flatMap(({ items }) => items) ?? [];
  const ofTarget = entries.find(({ target }) => target === filters.target);

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3">
          {title}
        </Title>
        <ExportMenu
          formats={['csv']}
          pathOf={() => `/api/audit/export${auditQueryOf(filters)}`}
          cut={texts.exportCut}
        />
      </Group>
      <Text size="sm" c="dimmed">
        {texts.about}
      </Text>
      <AuditFilterBar filters={filters} targetName={ofTarget && nameOfTarget(ofTarget)} />
      <Pending of={log} />
      {log.isSuccess && entries.length === 0 && (
        <Text c="dimmed" py="xl" ta="center" role="status">
          {log.hasNextPage ? texts.noneYet : texts.none}
        </Text>
      )}
      {entries.length > 0 && (
        <AuditEntries
          entries={entries}
          onlyAbout={
            filters.target === undefined
              ? (target) => void navigate({ search: (known) => ({ ...known, target }) })
              : undefined
          }
        />
      )}
      <MoreButton of={log}>{filters.q === undefined ? common.more : texts.further}</MoreButton>
    </Stack>
  );
}
