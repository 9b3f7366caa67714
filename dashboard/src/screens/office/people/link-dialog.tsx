import { Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import { askSignedIn } from '../../../session/session.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { useLastKnown } from '../last-known.ts';
import { LinkShown } from './link-shown.tsx';
import type { OneTimeLink, Supervisor } from './supervisor.ts';

interface LinkDialogProps {
  person: Supervisor | undefined;
  onClose: () => void;
}

/** Makes a new link for somebody who has lost theirs, or their password. */
export function LinkDialog({ person, onClose }: LinkDialogProps) {
  const texts = useTextsOf(peopleTexts);
  const shown = useLastKnown(person);
  const [clearTotp, setClearTotp] = useState(false);
  const [made, setMade] = useState<{ link: OneTimeLink; name: string }>();

  async function make(): Promise<void> {
    const body = { clear_totp: clearTotp && person?.has_totp === true };
    const answer = await askSignedIn<OneTimeLink>('POST', `/api/admins/${person?.id}/link`, {
      body,
    });
    setMade({ link: answer.body, name: person?.name ?? '' });
  }

  function close(): void {
    setClearTotp(false);
    onClose();
  }

  return (
    <>
      <ConfirmDialog
        opened={person !== undefined}
        onClose={close}
        title={texts.linkTitle(shown?.name ?? '')}
        action={texts.makeLink}
        isGrave={false}
        onConfirm={make}
      >
        <Text size="sm">
          {shown?.has_password ? texts.linkText : texts.invitationText} {texts.linkVoids}
        </Text>
        {shown?.has_totp && (
          <Checkbox
            label={texts.clearTotp}
            description={texts.clearTotpHint}
            checked={clearTotp}
            onChange={(event) => setClearTotp(event.currentTarget.checked)}
          />
        )}
      </ConfirmDialog>
      <Dialog
        opened={made !== undefined}
        onClose={() => setMade(undefined)}
        title={texts.linkTitle(made?.name ?? '')}
        closeOnClickOutside={false}
      >
        {made && <LinkShown {...made} onClose={() => setMade(undefined)} />}
      </Dialog>
    </>
  );
}
