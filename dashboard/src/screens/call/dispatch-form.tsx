import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRef } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { DialogProps } from './release-form.tsx';
import { useAct } from './use-act.ts';

/** Help that was sent: whom, and to do what. */
export function DispatchForm({ callId, opened, onClose }: DialogProps & { callId: string }) {
  const { call: texts } = useTexts();
  const { act, busy } = useAct(callId);
  const key = useRef(crypto.randomUUID());
  const form = useForm({
    initialValues: { who: '', what: '' },
    validate: {
      who: (value) => (value.trim() === '' ? texts.dispatchWho : null),
      what: (value) => (value.trim() === '' ? texts.dispatchWhat : null),
    },
    onValuesChange: () => {
      key.current = crypto.randomUUID();
    },
  });
  async function record(sent: typeof form.values): Promise<void> {
    if (!(await act('dispatch', sent, { 'idempotency-key': key.current }))) return;
    form.reset();
    onClose();
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={texts.dispatch}>
      <form onSubmit={form.onSubmit(record)} noValidate>
        <Stack>
          <TextInput
            label={texts.dispatchWho}
            maxLength={200}
            data-autofocus
            {...form.getInputProps('who')}
          />
          <TextInput label={texts.dispatchWhat} maxLength={500} {...form.getInputProps('what')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={busy === 'dispatch'}>
              {texts.record}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
