import { Anchor, Loader, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { askSignedIn } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Failure } from '../../../ui/failure.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { useLastKnown } from '../last-known.ts';
import { useWorkersNaming } from '../workers-naming.ts';
import type { Act } from './people-list.tsx';
import type { Supervisor } from './supervisor.ts';

interface StandingDialogProps {
  doing: { act: Act; person: Supervisor } | undefined;
  onClose: () => void;
  onDone: (act: Act) => Promise<void>;
}

/** Puts somebody out, lets them in again, or removes them, after asking once more. */
export function StandingDialog({ doing, onClose, onDone }: StandingDialogProps) {
  const { title, text, action } = useWords(useLastKnown(doing));
  const removed = doing?.act === 'remove' ? doing.person.id : undefined;
  const assigned = useWorkersNaming('admin_id', removed);
  const isFree = removed === undefined || assigned.data?.names === '';

  async function confirm(): Promise<void> {
    if (!doing) return;
    await ask(doing.act, doing.person.id);
    await onDone(doing.act);
  }

  return (
    <ConfirmDialog
      opened={doing !== undefined}
      onClose={onClose}
      title={title}
      action={action}
      isGrave={doing?.act !== 'enable'}
      onConfirm={isFree ? confirm : undefined}
    >
      {isFree && <Text size="sm">{text}</Text>}
      {!isFree && <Assigned adminId={removed} assigned={assigned} />}
    </ConfirmDialog>
  );
}

interface AssignedProps {
  adminId: string | undefined;
  assigned: ReturnType<typeof useWorkersNaming>;
}

/** Why somebody can't be removed yet: nobody would see the calls of their workers. */
function Assigned({ adminId, assigned }: AssignedProps) {
  const texts = useTextsOf(peopleTexts);
  if (assigned.isError) {
    return <Failure>{assigned.error.message}</Failure>;
  }
  if (!assigned.data) return <Loader size="sm" />;
  const { names, more } = assigned.data;
  return (
    <Stack gap="xs">
      <Text size="sm" dir="auto">
        {more ? texts.moreAssigned(names) : texts.assigned(names)}
      </Text>
      <Text size="sm">{texts.assignFirst}</Text>
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link to="/office/workers" search={{ admin_id: adminId }} {...props} />
        )}
      >
        {texts.toWorkers}
      </Anchor>
    </Stack>
  );
}

async function ask(act: Act, id: string): Promise<void> {
  const path = `/api/admins/${id}`;
  if (act === 'remove') await askSignedIn('DELETE', path);
  else if (act === 'signOut') await askSignedIn('POST', `${path}/sign-out`);
  else await askSignedIn('PATCH', path, { body: { disabled: act === 'disable' } });
}

function useWords(doing: StandingDialogProps['doing']) {
  const texts = useTextsOf(peopleTexts);
  const common = useTextsOf(commonTexts);
  const name = doing?.person.name ?? '';
  switch (doing?.act) {
    case 'signOut':
      return { title: texts.signOutTitle(name), text: texts.signOutText, action: texts.signOut };
    case 'enable':
      return { title: texts.enableTitle(name), text: texts.enableText, action: texts.enable };
    case 'disable':
      return { title: texts.disableTitle(name), text: texts.disableText, action: texts.disable };
    default:
      return { title: texts.removeTitle(name), text: texts.removeText, action: common.remove };
  }
}
