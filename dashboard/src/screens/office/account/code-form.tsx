import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { accountTexts } from '../../../texts/office/account.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { showErrors } from '../editing/refusal.ts';
import classes from './account.module.css';
import { refusedProof } from './refused-proof.ts';

interface CodeFormProps {
  submit: string;
  onSubmit: (code: string) => Promise<void>;
}

/** The six digits that an authenticator app shows. */
export function CodeForm({ submit, onSubmit }: CodeFormProps) {
  const texts = useTextsOf(accountTexts);
  const [failure, setFailure] = useState<string>();
  const form = useForm({
    initialValues: { code: '' },
    validate: {
      code: (code) => (/^[0-9]{6}$/.test(code.replace(/\s/g, '')) ? null : texts.codeWrong),
    },
  });

  async function send({ code }: typeof form.values): Promise<void> {
    setFailure(undefined);
    try {
      await onSubmit(code.replace(/\s/g, ''));
      form.reset();
    } catch (error) {
      setFailure(refusedProof(error, texts));
    }
  }

  return (
    <form
      className={classes.form}
      onSubmit={form.onSubmit(send, (errors) => showErrors(form, errors))}
      noValidate
    >
      <Stack>
        <TextInput
          label={texts.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          {...form.getInputProps('code')}
        />
        {failure !== undefined && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        <Button type="submit" variant="default" loading={form.submitting}>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}
