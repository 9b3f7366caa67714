import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { askSignedIn } from '../../../session/session.ts';
import { accountTexts } from '../../../texts/office/account.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { showErrors } from '../editing/refusal.ts';
import classes from './account.module.css';
import { refusedProof } from './refused-proof.ts';
import type { Begun } from './totp-key.tsx';

/** Begins a second factor with the current password: a token that was stolen is not enough. */
export function BeginForm({ email, onBegun }: { email: string; onBegun: (begun: Begun) => void }) {
  const texts = useTextsOf(accountTexts);
  const [failure, setFailure] = useState<string>();
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (password) => (password === '' ? texts.passwordMissing : null) },
  });

  async function submit({ password }: typeof form.values): Promise<void> {
    setFailure(undefined);
    try {
      const body = { current_password: password };
      onBegun((await askSignedIn<Begun>('POST', '/api/me/totp', { body })).body);
    } catch (error) {
      setFailure(refusedProof(error, texts));
    }
  }

  return (
    <form
      className={classes.form}
      onSubmit={form.onSubmit(submit, (errors) => showErrors(form, errors))}
      noValidate
    >
      <Stack>
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={texts.current}
          autoComplete="current-password"
          maxLength={1024}
          {...form.getInputProps('password')}
        />
        {failure !== undefined && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        <Button type="submit" variant="default" loading={form.submitting}>
          {texts.begin}
        </Button>
      </Stack>
    </form>
  );
}
