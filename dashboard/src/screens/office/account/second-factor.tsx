import { Alert, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { askSignedIn, session, setMustSetUp } from '../../../session/session.ts';
import { accountTexts } from '../../../texts/office/account.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { BeginForm } from './begin-form.tsx';
import { CodeForm } from './code-form.tsx';
import { ME, type Me } from './me.ts';
import { type Begun, TotpKey } from './totp-key.tsx';

/** Milliseconds until it is tried whether all of Aurora knows of a new second factor. */
const SOON = 3_000;

/** The second factor: set up in two steps, so that nobody is locked out by a typo. */
export function SecondFactor({ me }: { me: Me }) {
  const texts = useTextsOf(accountTexts);
  const queries = useQueryClient();
  const [begun, setBegun] = useState<Begun>();
  const { enabled, required } = me.totp;
  useGoOn(enabled);

  async function confirm(code: string): Promise<void> {
    await askSignedIn('POST', '/api/me/totp/confirm', { body: { code } });
    await changed(texts.isSetUp);
    setMustSetUp(false);
  }

  async function remove(code: string): Promise<void> {
    await askSignedIn('DELETE', '/api/me/totp', { body: { code } });
    await changed(texts.isRemoved);
  }

  async function changed(message: string): Promise<void> {
    setBegun(undefined);
    await queries.invalidateQueries({ queryKey: ME });
    notifications.show({ color: 'green', message });
  }

  return (
    <Stack component="section" aria-label={texts.totp}>
      <Title order={2} size="h4">
        {texts.totp}
      </Title>
      {enabled ? (
        <Alert color="green" role="status">
          {texts.totpOn}
        </Alert>
      ) : (
        <Text size="sm">{texts.totpAbout}</Text>
      )}
      {!enabled && !begun && <BeginForm email={me.email} onBegun={setBegun} />}
      {!enabled && begun && (
        <>
          <TotpKey begun={begun} />
          <CodeForm submit={texts.confirm} onSubmit={confirm} />
        </>
      )}
      {enabled && (
        <Text size="sm" c="dimmed">
          {required ? texts.totpIsRequired : texts.removeHint} {texts.lost}
        </Text>
      )}
      {enabled && !required && <CodeForm submit={texts.remove} onSubmit={remove} />}
    </Stack>
  );
}

/** Not every instance knows at once of a second factor that was just set up: it is tried again. */
function useGoOn(isEnabled: boolean): void {
  const isHeldUp = useStore(session, (now) => now.state === 'signed_in' && now.mustSetUp === true);
  useEffect(() => {
    if (!isEnabled || !isHeldUp) return undefined;
    const timer = setTimeout(() => setMustSetUp(false), SOON);
    return () => clearTimeout(timer);
  }, [isEnabled, isHeldUp]);
}
