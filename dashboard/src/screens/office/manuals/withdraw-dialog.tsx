import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { ManualText } from '../../../api/types.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { useDeed } from './use-deed.ts';

interface WithdrawDialogProps {
  opened: boolean;
  onClose: () => void;
  manual: ManualText;
  etag: string | undefined;
}

const LONGEST_REASON = 500;

/** Takes away what callers hear, or ends a version that nobody hears, and says why. */
export function WithdrawDialog({ opened, onClose, manual, etag }: WithdrawDialogProps) {
  const { withdrawal } = useTextsOf(manualTexts);
  const common = useTextsOf(commonTexts);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const deed = useDeed(manual.id);
  const { published_version: heard, kind, version } = manual;

  async function withdraw(event: FormEvent): Promise<void> {
    event.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    setBusy(true);
    setFailure(undefined);
    try {
      await deed('withdraw', { reason }, etag);
      notifications.show({ message: withdrawal.done, color: 'teal' });
      setReason('');
      onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={withdrawal.title(heard ?? version)}>
      <form noValidate onSubmit={(event) => void withdraw(event)}>
        <Stack>
          <Text size="sm">{heard === null ? withdrawal.unheard : withdrawal.heard(heard)}</Text>
          {heard !== null && kind === 'card' && <Text size="sm">{withdrawal.card}</Text>}
          <TextInput
            data-autofocus
            label={withdrawal.reason}
            required
            maxLength={LONGEST_REASON}
            value={reason}
            error={isMissing && common.required}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          {failure !== undefined && <Failure>{failure}</Failure>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" color="red" loading={busy}>
              {withdrawal.title(heard ?? version)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
