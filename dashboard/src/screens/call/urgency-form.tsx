import { Button, Group, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { CallView, Urgency } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { DialogProps } from './release-form.tsx';
import { useEdit } from './use-edit.ts';

const LEVELS: readonly Urgency[] = ['NORMAL', 'URGENT', 'CRITICAL'];

/** A supervisor's judgement stands until words of a later turn raise the call again. */
export function UrgencyForm({ call, opened, onClose }: DialogProps & { call: CallView }) {
  const texts = useTexts();
  const [urgency, setUrgency] = useState<Urgency>(call.urgency);
  const [reason, setReason] = useState('');
  const { change, busy } = useEdit(call.call_id);
  async function save(): Promise<void> {
    const why = `${texts.urgency[urgency]}: ${reason.trim()}`;
    const changed = await change(({ admin_notes }) => ({
      urgency,
      admin_notes: [admin_notes, why].filter(Boolean).join('\n'),
    }));
    if (changed === 'conflict') return save();
    if (changed) onClose();
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={texts.call.urgency}>
      <Stack>
        <SegmentedControl
          fullWidth
          value={urgency}
          onChange={(value) => setUrgency(value as Urgency)}
          data={LEVELS.map((value) => ({ value, label: texts.urgency[value] }))}
        />
        <Textarea
          label={texts.call.urgencyReason}
          required
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.call.cancel}
          </Button>
          <Button disabled={reason.trim() === ''} loading={busy} onClick={() => void save()}>
            {texts.call.save}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
