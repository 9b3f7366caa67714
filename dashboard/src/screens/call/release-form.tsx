import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useAct } from './use-act.ts';

export interface DialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Gives the call back to Aurora, who is told why. */
export function ReleaseForm({ callId, opened, onClose }: DialogProps & { callId: string }) {
  const { call: texts } = useTexts();
  const [reason, setReason] = useState('');
  const { act, busy } = useAct(callId);
  async function release(): Promise<void> {
    const told = reason.replace(/\s+/g, ' ').trim();
    if (await act('release', { reason: told })) onClose();
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={texts.release}>
      <Stack>
        <Textarea
          label={texts.releaseReason}
          required
          value={reason}
          maxLength={500}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button
            disabled={reason.trim() === ''}
            loading={busy === 'release'}
            onClick={() => void release()}
          >
            {texts.release}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
