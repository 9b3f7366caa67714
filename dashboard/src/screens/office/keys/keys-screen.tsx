import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { askSignedIn } from '../../../session/session.ts';
import { frameTexts } from '../../../texts/office/frame.ts';
import { keysTexts } from '../../../texts/office/keys.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { AdminsOnly } from '../admins-only.tsx';
import { allPages } from '../all-pages.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { useLastKnown } from '../last-known.ts';
import { type ApiKey, KeyList } from './key-list.tsx';
import { MakeKeyDialog } from './make-key-dialog.tsx';

export function KeysScreen() {
  const { keys: title } = useTextsOf(frameTexts);
  return (
    <AdminsOnly title={title}>
      <Keys />
    </AdminsOnly>
  );
}

/** Keys with which the company's own systems report. */
function Keys() {
  const { keys: title } = useTextsOf(frameTexts);
  const texts = useTextsOf(keysTexts);
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const shown = useLastKnown(revoking);
  const queries = useQueryClient();
  const keys = useQuery({
    queryKey: ['api keys'],
    queryFn: ({ signal }) => allPages<ApiKey>('/api/api-keys', signal),
  });
  const inUse = keys.data?.filter(({ revoked }) => !revoked) ?? [];
  const revoked = keys.data?.filter(({ revoked }) => revoked) ?? [];
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['api keys'] }),
      queries.invalidateQueries({ queryKey: ['people and keys'] }),
    ]);

  async function revoke(id: string): Promise<void> {
    await askSignedIn('DELETE', `/api/api-keys/${id}`);
    await refresh();
  }

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3">
          {title}
        </Title>
        <Button onClick={() => setMaking(true)}>{texts.make}</Button>
      </Group>
      <Text size="sm" c="dimmed">
        {texts.about}
      </Text>
      <Pending of={keys} />
      {keys.isSuccess && inUse.length === 0 && (
        <Text c="dimmed" py="xl" ta="center">
          {revoked.length === 0 ? texts.none : texts.noneInUse}
        </Text>
      )}
      {inUse.length > 0 && <KeyList label={texts.list} keys={inUse} onRevoke={setRevoking} />}
      {revoked.length > 0 && (
        <>
          <Title order={2} size="h5">
            {texts.revokedList}
          </Title>
          <KeyList label={texts.revokedList} keys={revoked} />
        </>
      )}
      <MakeKeyDialog
        opened={isMaking}
        onClose={() => setMaking(false)}
        onMade={() => void refresh()}
      />
      <ConfirmDialog
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={texts.revokeTitle(shown?.name ?? '')}
        action={texts.revoke}
        onConfirm={() => revoke(revoking?.id ?? '')}
      >
        <Text size="sm">{texts.revokeText}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
