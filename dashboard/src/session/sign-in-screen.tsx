import { Center, Group, Paper, Stack, Title, UnstyledButton } from '@mantine/core';
import {
  chooseLanguage,
  LANGUAGE_NAMES,
  type Language,
  useLanguage,
  useTexts,
} from '../texts/texts.ts';
import { SignInForm } from './sign-in-form.tsx';
import classes from './sign-in-screen.module.css';

export function SignInScreen() {
  const { signIn } = useTexts();
  return (
    <Center component="main" className={classes.screen}>
      <Paper withBorder shadow="sm" p="xl" radius="md" className={classes.panel}>
        <Stack gap="lg">
          <img src="/mark.svg" width={44} height={44} alt="" />
          <Title order={1} size="h3">
            {signIn.title}
          </Title>
          <SignInForm />
          <Languages />
        </Stack>
      </Paper>
    </Center>
  );
}

/** Before anybody is signed in there is no menu to choose it from. */
function Languages() {
  const { account } = useTexts();
  const chosen = useLanguage();
  return (
    <Group gap="md" role="group" aria-label={account.language}>
      {(Object.keys(LANGUAGE_NAMES) as Language[]).map((language) => (
        <UnstyledButton
          key={language}
          lang={language}
          aria-pressed={language === chosen}
          className={classes.language}
          onClick={() => chooseLanguage(language)}
        >
          {LANGUAGE_NAMES[language]}
        </UnstyledButton>
      ))}
    </Group>
  );
}
