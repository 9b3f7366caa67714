import { Text } from '@mantine/core';
import { askSignedIn } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { workersTexts } from '../../../texts/office/workers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { useLastKnown } from '../last-known.ts';
import type { Worker } from './worker.ts';

interface RemoveWorkerDialogProps {
  worker: Worker | undefined;
  onClose: () => void;
  onRemoved: () => Promise<void>;
}

export function RemoveWorkerDialog({ worker, onClose, onRemoved }: RemoveWorkerDialogProps) {
  const texts = useTextsOf(workersTexts);
  const { remove } = useTextsOf(commonTexts);
  const shown = useLastKnown(worker);
  return (
    <ConfirmDialog
      opened={worker !== undefined}
      onClose={onClose}
      title={texts.removeTitle(plain(shown?.name ?? ''))}
      action={remove}
      onConfirm={async () => {
        await askSignedIn('DELETE', `/api/workers/${encodeURIComponent(worker?.id ?? '')}`);
        await onRemoved();
      }}
    >
      <Text size="sm">{texts.removeText}</Text>
    </ConfirmDialog>
  );
}
