import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ManualText } from '../../../api/types.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { useDeed } from './use-deed.ts';

interface DeedDialogProps {
  opened: boolean;
  onClose: () => void;
  manual: ManualText;
}

/** Approves the words that were read, by their hash, and no others. */
export function ApproveDialog(props: DeedDialogProps & { read: string }) {
  const { opened, onClose, manual, read } = props;
  const { approval } = useTextsOf(manualTexts);
  const deed = useDeed(manual.id);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={approval.title(manual.version)}
      action={approval.confirm}
      isGrave={false}
      onConfirm={async () => {
        await deed('approve', { hash: read });
        notifications.show({ message: approval.done, color: 'teal' });
      }}
    >
      <Text size="sm">{approval.say}</Text>
      <Text size="sm">{approval.which(manual.passages, read)}</Text>
    </ConfirmDialog>
  );
}

interface Published {
  pack: { version: string; left_out: string[] } | null;
}

export function PublishDialog(props: DeedDialogProps & { etag: string | undefined }) {
  const { opened, onClose, manual, etag } = props;
  const { publication } = useTextsOf(manualTexts);
  const deed = useDeed(manual.id);
  const { published_version: heard, kind, version } = manual;

  async function publish(): Promise<void> {
    const { pack } = await deed<Published>('publish', undefined, etag);
    notifications.show({ message: publication.done(pack?.version ?? ''), color: 'teal' });
    if (pack && pack.left_out.length > 0) {
      const message = publication.leftOut(pack.left_out.join(', '));
      notifications.show({ message, color: 'orange', autoClose: false });
    }
  }

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={publication.title(version)}
      action={publication.title(version)}
      isGrave={false}
      onConfirm={publish}
    >
      <Text size="sm">{publication.say}</Text>
      {heard !== null && <Text size="sm">{publication.instead(heard)}</Text>}
      {heard === null && kind === 'card' && <Text size="sm">{publication.ofCard}</Text>}
    </ConfirmDialog>
  );
}
