import { Alert, Button, PasswordInput, Stack, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { changePassword } from '../../../session/session.ts';
import { accountTexts } from '../../../texts/office/account.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { showErrors } from '../editing/refusal.ts';
import classes from './account.module.css';
import { refusedProof } from './refused-proof.ts';

/** Characters that a password has at least; the API says what else it must not be. */
const LEAST = 12;

/** A new password, for which the old one is asked; all other sessions end. */
export function PasswordForm({ email }: { email: string }) {
  const texts = useTextsOf(accountTexts);
  const [failure, setFailure] = useState<string>();
  const form = useForm({
    initialValues: { current: '', chosen: '', repeated: '' },
    validate: {
      current: (current) => (current === '' ? texts.passwordMissing : null),
      chosen: (chosen) => (chosen.length < LEAST ? texts.tooShort(chosen.length) : null),
      repeated: (repeated, { chosen }) => (repeated === chosen ? null : texts.notSame),
    },
  });

  async function submit({ current, chosen }: typeof form.values): Promise<void> {
    setFailure(undefined);
    try {
      await changePassword({ current_password: current, new_password: chosen });
      form.reset();
      notifications.show({ color: 'green', message: texts.passwordChanged });
    } catch (error) {
      setFailure(refusedProof(error, texts));
    }
  }

  return (
    <section aria-label={texts.password}>
      <form
        className={classes.form}
        onSubmit={form.onSubmit(submit, (errors) => showErrors(form, errors))}
        noValidate
      >
        <Stack>
          <Title order={2} size="h4">
            {texts.password}
          </Title>
          {/* For what remembers passwords. */}
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label={texts.current}
            autoComplete="current-password"
            maxLength={1024}
            {...form.getInputProps('current')}
          />
          <PasswordInput
            label={texts.chosen}
            description={texts.chosenHint}
            autoComplete="new-password"
            maxLength={1024}
            {...form.getInputProps('chosen')}
          />
          <PasswordInput
            label={texts.repeated}
            autoComplete="new-password"
            maxLength={1024}
            {...form.getInputProps('repeated')}
          />
          {failure !== undefined && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          <Button type="submit" variant="default" loading={form.submitting}>
            {texts.changePassword}
          </Button>
        </Stack>
      </form>
    </section>
  );
}
