import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';

interface EntryDialogProps {
  title: string;
  onClose: () => void;
  onDone: () => void;
  /** The fields of the entry. */
  children: ReactNode;
}

/** An entry that is added or changed. It only becomes part of what the screen saves. */
export function EntryDialog({ title, onClose, onDone, children }: EntryDialogProps) {
  const texts = useTextsOf(onCallTexts);
  const common = useTextsOf(commonTexts);
  return (
    <Dialog opened onClose={onClose} title={title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onDone();
        }}
      >
        <Stack>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit">{texts.done}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
