import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { CallView, FinalAction } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { DialogProps } from './release-form.tsx';
import { useAct } from './use-act.ts';

/** Ends a call, and notes what came of it. */
export function EndForm({ call, opened, onClose }: DialogProps & { call: CallView }) {
  const { call: texts } = useTexts();
  const [action, setAction] = useState<FinalAction>();
  const [notes, setNotes] = useState('');
  const { act, busy } = useAct(call.call_id);
  async function end(): Promise<void> {
    const admin_notes = [call.admin_notes, notes.trim()].filter(Boolean).join('\n');
    const body = { final_action: action, ...(notes.trim() === '' ? {} : { admin_notes }) };
    if (await act('end', body)) onClose();
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={texts.end}>
      <Stack>
        {call.medium === 'Voice' && <Text size="sm">{texts.endWarning}</Text>}
        <Radio.Group
          label={texts.endTitle}
          value={action ?? null}
          onChange={(value) => setAction(value as FinalAction)}
        >
          <Stack gap="xs" mt="xs">
            {(Object.keys(texts.actionsOf) as FinalAction[]).map((value) => (
              <Radio key={value} value={value} label={texts.actionsOf[value]} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={texts.notes}
          value={notes}
          maxLength={5_000}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button
            color="red"
            disabled={action === undefined}
            loading={busy === 'end'}
            onClick={() => void end()}
          >
            {texts.end}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
