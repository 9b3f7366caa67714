import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { ApiError } from '../api/ask.ts';
import { useTexts } from '../texts/texts.ts';
import { useNow } from '../ui/now.ts';
import { signIn } from './session.ts';

/** Address and password, and the code where one is asked for. */
export function SignInForm({ email }: { email?: string }) {
  const texts = useTexts();
  const [failure, setFailure] = useState<string>();
  /** Epoch milliseconds until which another try is not taken. */
  const [waitUntil, setWaitUntil] = useState(0);
  const [needsCode, setNeedsCode] = useState(false);
  const wait = Math.ceil((waitUntil - useNow()) / 1_000);
  const form = useForm({
    initialValues: { email: email ?? '', password: '', totp: '' },
    validate: {
      email: (value) => (value.trim() === '' ? texts.signIn.emailMissing : null),
      password: (value) => (value === '' ? texts.signIn.passwordMissing : null),
      totp: (value) =>
        needsCode && !/^[0-9]{6}$/.test(value.trim()) ? texts.signIn.codeWrong : null,
    },
  });

  async function submit({ email, password, totp }: typeof form.values): Promise<void> {
    setFailure(undefined);
    try {
      await signIn({ email, password, ...(needsCode ? { totp: totp.trim() } : {}) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'totp_required') return setNeedsCode(true);
      if (error.retryAfter !== undefined) {
        return setWaitUntil(Date.now() + error.retryAfter * 1_000);
      }
      setFailure(error.status === 0 ? texts.signIn.unreachable : error.message);
    }
  }

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack>
        {failure !== undefined && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        {wait > 0 && (
          <Alert color="orange" role="status">
            {texts.signIn.wait(wait)}
          </Alert>
        )}
        <TextInput
          label={texts.signIn.email}
          type="email"
          autoComplete="username"
          readOnly={email !== undefined}
          data-autofocus={email === undefined ? true : undefined}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={texts.signIn.password}
          autoComplete="current-password"
          data-autofocus={email === undefined ? undefined : true}
          {...form.getInputProps('password')}
        />
        {needsCode && (
          <TextInput
            label={texts.signIn.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            {...form.getInputProps('totp')}
          />
        )}
        <Button type="submit" loading={form.submitting} disabled={wait > 0}>
          {texts.signIn.submit}
        </Button>
      </Stack>
    </form>
  );
}
