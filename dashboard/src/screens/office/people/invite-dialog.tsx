import { Alert, Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useCreating } from '../editing/use-creating.ts';
import { LinkShown } from './link-shown.tsx';
import {
  bodyOfSupervisor,
  type OneTimeLink,
  type Supervisor,
  type SupervisorFields,
} from './supervisor.ts';
import { SupervisorForm, useSupervisorForm } from './supervisor-form.tsx';

type Invited = Supervisor & { invitation: OneTimeLink | null };

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
  onInvited: () => void;
}

/** Adds somebody, then shows the link with which they choose a password. */
export function InviteDialog({ opened, onClose, onInvited }: InviteDialogProps) {
  const texts = useTextsOf(peopleTexts);
  const [invited, setInvited] = useState<Invited>();

  function close(): void {
    setInvited(undefined);
    onClose();
  }

  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={invited ? texts.invited : texts.invite}
      closeOnClickOutside={invited === undefined}
    >
      {invited ? (
        <Result invited={invited} onClose={close} />
      ) : (
        <Invite
          onClose={close}
          onSaved={(person) => {
            setInvited(person);
            onInvited();
          }}
        />
      )}
    </Dialog>
  );
}

function Invite(props: { onClose: () => void; onSaved: (invited: Invited) => void }) {
  const texts = useTextsOf(peopleTexts);
  const form = useSupervisorForm();
  const editing = useCreating<SupervisorFields, Invited>({
    form,
    path: '/api/admins',
    bodyOf: bodyOfSupervisor,
    onSaved: props.onSaved,
  });
  return (
    <SupervisorForm
      form={form}
      editing={editing}
      isNew
      submit={texts.invite}
      onCancel={props.onClose}
    />
  );
}

function Result({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  const texts = useTextsOf(peopleTexts);
  const common = useTextsOf(commonTexts);
  const { invitation, name } = invited;
  if (invitation) return <LinkShown link={invitation} name={name} onClose={onClose} />;
  return (
    <Stack>
      <Alert color="orange" role="alert">
        {texts.linkFailed}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common.close}
        </Button>
      </Group>
    </Stack>
  );
}
