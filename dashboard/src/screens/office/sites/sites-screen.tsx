import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { frameTexts } from '../../../texts/office/frame.ts';
import { sitesTexts } from '../../../texts/office/sites.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { useIsCompanyAdmin } from '../admins-only.tsx';
import { RemoveSiteDialog } from './remove-site-dialog.tsx';
import { SITES, type Site, useSites } from './site.ts';
import { AddSiteDialog, EditSiteDialog } from './site-dialogs.tsx';
import { SiteList } from './site-list.tsx';

/** The places where the company's workers are. Everybody reads them, company admins change them. */
export function SitesScreen() {
  const { sites: title } = useTextsOf(frameTexts);
  const texts = useTextsOf(sitesTexts);
  const common = useTextsOf(commonTexts);
  const mayChange = useIsCompanyAdmin();
  const { open } = useSearch({ from: '/office/sites' });
  const navigate = useNavigate({ from: '/office/sites' });
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Site>();
  const heading = useRef<HTMLHeadingElement>(null);
  const queries = useQueryClient();
  const sites = useSites();
  const opened = mayChange ? sites.data?.find(({ id }) => id === open) : undefined;
  const refresh = () => queries.invalidateQueries({ queryKey: SITES });
  const close = () => void navigate({ search: {}, replace: true });

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {mayChange && <Button onClick={() => setAdding(true)}>{texts.add}</Button>}
      </Group>
      <Text size="sm" c="dimmed">
        {mayChange ? texts.about : `${texts.about} ${common.readOnly}`}
      </Text>
      <Pending of={sites} />
      {sites.data?.length === 0 && (
        <Text c="dimmed" py="xl" ta="center">
          {texts.none}
        </Text>
      )}
      {sites.data && sites.data.length > 0 && (
        <SiteList
          sites={sites.data}
          {...(mayChange && {
            onEdit: ({ id }: Site) => void navigate({ search: { open: id } }),
            onRemove: setRemoving,
          })}
        />
      )}
      <AddSiteDialog
        opened={isAdding}
        onClose={() => setAdding(false)}
        onSaved={() => void refresh()}
      />
      <EditSiteDialog site={opened} onClose={close} onSaved={() => void refresh()} />
      <RemoveSiteDialog
        site={removing}
        onClose={() => setRemoving(undefined)}
        onRemoved={async () => {
          await refresh();
          // The button that asked for it is gone.
          heading.current?.focus();
        }}
      />
    </Stack>
  );
}
