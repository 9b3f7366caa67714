import { Alert, Stack, Text, Title } from '@mantine/core';
import { accountTexts } from '../../../texts/office/account.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { Fact, Told } from '../told.tsx';
import classes from './account.module.css';
import { DisplayForm } from './display-form.tsx';
import { useMe } from './me.ts';
import { PasswordForm } from './password-form.tsx';
import { SecondFactor } from './second-factor.tsx';

/** Who I am, and how I sign in. For everybody. */
export function AccountScreen() {
  const texts = useTextsOf(accountTexts);
  const { roles } = useTextsOf(peopleTexts);
  const me = useMe();
  return (
    <Stack gap="xl" className={classes.account}>
      <Title order={1} size="h3">
        {texts.title}
      </Title>
      <Pending of={me} />
      {me.data && (
        <>
          {me.data.totp.required && !me.data.totp.enabled && (
            <Alert color="orange" role="alert">
              {texts.totpRequired}
            </Alert>
          )}
          <Stack gap="xs">
            <Told>
              <Fact name={texts.name}>{me.data.name}</Fact>
              <Fact name={texts.email}>{me.data.email}</Fact>
              <Fact name={texts.role}>{roles[me.data.role]}</Fact>
              <Fact name={texts.phone}>{me.data.phone ?? texts.noPhone}</Fact>
            </Told>
            <Text size="sm" c="dimmed">
              {texts.about}
            </Text>
          </Stack>
          <SecondFactor me={me.data} />
          <PasswordForm email={me.data.email} />
        </>
      )}
      <DisplayForm />
    </Stack>
  );
}
