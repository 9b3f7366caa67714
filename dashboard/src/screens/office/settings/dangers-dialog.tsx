import { Alert, Button, Group, List, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { RetentionView } from '../../../api/types.ts';
import { askSignedIn, session } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { settingsTexts } from '../../../texts/office/settings.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { allPages } from '../all-pages.ts';
import type { CompanyFields } from './company-fields.ts';
import type { Danger } from './dangers.ts';

interface DangersDialogProps {
  dangers: readonly Danger[];
  edited: CompanyFields;
  onCancel: () => void;
  onConfirm: () => void;
}

/** What a change would do, with whom and how much it meets, before it is made. */
export function DangersDialog({ dangers, edited, onCancel, onConfirm }: DangersDialogProps) {
  const texts = useTextsOf(settingsTexts).confirm;
  const common = useTextsOf(commonTexts);
  return (
    <Dialog opened={dangers.length > 0} onClose={onCancel} title={texts.title}>
      <Stack>
        {dangers.map((danger) => (
          <Alert key={danger} color="orange" title={texts.titles[danger]}>
            {danger === 'retention' && <Removed days={edited.retention_days ?? 0} />}
            {danger === 'second_factor' && <LockedOut />}
            {danger !== 'retention' && danger !== 'second_factor' && texts.effects[danger]}
          </Alert>
        ))}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onCancel}>
            {common.cancel}
          </Button>
          <Button color="red" onClick={onConfirm}>
            {texts.confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Removed({ days }: { days: number }) {
  const texts = useTextsOf(settingsTexts).confirm;
  const { data, error } = useQuery({
    queryKey: ['retention', days],
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const path = `/api/company/retention?days=${days}`;
      return (await askSignedIn<RetentionView>('GET', path, { signal })).body;
    },
  });
  if (error) return <Text size="sm">{texts.unknownCount(error.message)}</Text>;
  if (!data) return <Loader size="sm" />;
  return <Text size="sm">{texts.removed(data.due, data.held)}</Text>;
}

interface Admin {
  id: string;
  name: string;
  disabled: boolean;
  has_totp: boolean;
}

/** Who has no second factor yet: until they have one they can do nothing else. */
function LockedOut() {
  const texts = useTextsOf(settingsTexts).confirm;
  const me = useStore(session, (now) => ('admin' in now ? now.admin.id : undefined));
  const { data, error } = useQuery({
    queryKey: ['admins', 'without second factor'],
    gcTime: 0,
    queryFn: ({ signal }) => allPages<Admin>('/api/admins', signal),
  });
  if (error) return <Text size="sm">{texts.unknownPeople(error.message)}</Text>;
  if (!data) return <Loader size="sm" />;
  const without = data.filter(({ disabled, has_totp }) => !disabled && !has_totp);
  if (without.length === 0) return <Text size="sm">{texts.nobodyLockedOut}</Text>;
  return (
    <Stack gap="xs">
      <Text size="sm">{texts.lockedOut(without.length)}</Text>
      <List size="sm">
        {without.map(({ id, name }) => (
          <List.Item key={id}>
            <bdi>{name}</bdi>
            {id === me && ` ${texts.you}`}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
