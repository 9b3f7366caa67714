import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { ManualText, Person } from '../../../api/types.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { useTexts } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { told } from '../../../ui/told.ts';
import { ApproveDialog, PublishDialog } from './deed-dialogs.tsx';
import { LinkButton } from './link-button.tsx';
import { obstacleToApproval } from './standing.ts';
import { useDeed } from './use-deed.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

interface ManualDeedsProps {
  manual: ManualText;
  etag: string | undefined;
  /** The hash of the text that this person has had before them. */
  read: string;
  person: Person;
}

type Opened = 'approve' | 'publish' | 'withdraw';

/** What can be done with the newest version, and why something can't. */
export function ManualDeeds({ manual, etag, read, person }: ManualDeedsProps) {
  const { deeds, obstacles, submitted } = useTextsOf(manualTexts);
  const { failure } = useTexts();
  const [opened, setOpened] = useState<Opened>();
  const [busy, setBusy] = useState(false);
  const deed = useDeed(manual.id);
  const { status, published_version: heard } = manual;
  if (person.role === 'viewer') return <Text size="sm">{obstacles.viewer}</Text>;
  const obstacle = obstacleToApproval(manual, person);
  const isDraft = status === 'draft';
  const canEnd = heard !== null || status !== 'withdrawn';
  const close = () => setOpened(undefined);

  async function submit(): Promise<void> {
    setBusy(true);
    try {
      await deed('submit', undefined, etag);
      notifications.show({ message: submitted, color: 'teal' });
    } catch (error) {
      told(failure.title)(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Group gap="sm">
        <LinkButton
          to="/office/manuals/$manualId"
          params={{ manualId: manual.id }}
          search={{ tab: 'text', edit: true }}
          variant="default"
        >
          {isDraft ? deeds.edit : deeds.next}
        </LinkButton>
        {isDraft && manual.submitted === null && (
          <Button variant="default" loading={busy} onClick={() => void submit()}>
            {deeds.submit}
          </Button>
        )}
        {isDraft && (
          <Button
            color="teal"
            disabled={obstacle !== undefined}
            aria-describedby={obstacle && 'obstacle'}
            onClick={() => setOpened('approve')}
          >
            {deeds.approve}
          </Button>
        )}
        {status === 'approved' && (
          <Button color="teal" onClick={() => setOpened('publish')}>
            {deeds.publish}
          </Button>
        )}
        {canEnd && (
          <Button variant="default" onClick={() => setOpened('withdraw')}>
            {heard === null && isDraft ? deeds.giveUp : deeds.withdraw}
          </Button>
        )}
      </Group>
      {isDraft && obstacle && (
        <Text id="obstacle" size="sm">
          {obstacles[obstacle]}
        </Text>
      )}
      <ApproveDialog opened={opened === 'approve'} onClose={close} manual={manual} read={read} />
      <PublishDialog opened={opened === 'publish'} onClose={close} manual={manual} etag={etag} />
      <WithdrawDialog opened={opened === 'withdraw'} onClose={close} manual={manual} etag={etag} />
    </>
  );
}
