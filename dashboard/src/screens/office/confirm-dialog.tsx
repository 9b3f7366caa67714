import { Button, Group, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../../api/ask.ts';
import { commonTexts } from '../../texts/office/common.ts';
import { useTextsOf } from '../../texts/use-texts-of.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** What the button says that does it. */
  action: string;
  /** Whether it takes something away. */
  isGrave?: boolean;
  /** Absent: it can't be done now, and `children` say why. */
  onConfirm: (() => Promise<void>) | undefined;
}

/** Asks once more. It stays open, and tells why, where the API refuses. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title, children, action, isGrave = true, onConfirm } = props;
  const common = useTextsOf(commonTexts);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  function close(): void {
    setFailure(undefined);
    onClose();
  }

  async function confirm(): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      await onConfirm?.();
      close();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // The sign-in dialog tells of a session that is over.
      if (error.status !== 401) setFailure(error.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog opened={opened} onClose={close} title={title}>
      <Stack>
        {children}
        {failure !== undefined && <Failure>{failure}</Failure>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {onConfirm ? common.cancel : common.close}
          </Button>
          {onConfirm && (
            <Button
              {...(isGrave && { color: 'red' })}
              loading={busy}
              onClick={() => void confirm()}
            >
              {action}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
