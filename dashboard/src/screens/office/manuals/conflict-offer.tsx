import { Alert, Button, Stack, Text } from '@mantine/core';
import { manualWritingTexts } from '../../../texts/office/manual-writing.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import classes from './text-view.module.css';
import type { Theirs } from './use-saving.ts';

interface ConflictOfferProps {
  theirs: Theirs;
  onTake: () => void;
  onKeep: () => void;
}

/** Somebody else has saved meanwhile: whichever way is taken, what they wrote is kept. */
export function ConflictOffer({ theirs: { manual }, onTake, onKeep }: ConflictOfferProps) {
  const { conflict } = useTextsOf(manualWritingTexts);
  const { authors, version, language, text } = manual;
  return (
    <Alert color="orange" role="alert" title={conflict.title}>
      <Stack gap="sm">
        <Text size="sm">{conflict.say(plain(authors.at(-1)?.name ?? ''), version)}</Text>
        <details>
          <summary>{conflict.theirs}</summary>
          <pre className={classes.text} lang={language} dir="auto">
            {plain(text)}
          </pre>
        </details>
        <Button variant="default" onClick={onTake}>
          {conflict.take}
        </Button>
        <Button variant="default" onClick={onKeep}>
          {conflict.keep}
        </Button>
      </Stack>
    </Alert>
  );
}
