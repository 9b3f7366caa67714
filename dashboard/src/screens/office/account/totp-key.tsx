import { Anchor, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { accountTexts } from '../../../texts/office/account.ts';
import { shownOnceTexts } from '../../../texts/office/shown-once.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import classes from './account.module.css';

/** A second factor that waits for its first code. */
export interface Begun {
  secret: string;
  uri: string;
}

/** What an authenticator app needs: the key in groups that can be typed, and the address as a link. */
export function TotpKey({ begun: { secret, uri } }: { begun: Begun }) {
  const texts = useTextsOf(accountTexts);
  const { copy, copied } = useTextsOf(shownOnceTexts);
  return (
    <Stack gap="xs">
      <Text size="sm">{texts.scan}</Text>
      <Text size="sm" fw={600}>
        {texts.key}
      </Text>
      <Group>
        <Code className={classes.key}>{grouped(secret)}</Code>
        <CopyButton value={secret}>
          {({ copied: isCopied, copy: doCopy }) => (
            <Button variant="default" size="compact-sm" onClick={doCopy} aria-live="polite">
              {isCopied ? copied : copy}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Anchor href={uri} size="sm">
        {texts.openApp}
      </Anchor>
      <Text size="sm" fw={600}>
        {texts.uri}
      </Text>
      <Code className={classes.key}>{uri}</Code>
    </Stack>
  );
}

function grouped(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
