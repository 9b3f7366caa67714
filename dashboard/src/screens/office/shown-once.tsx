import { Alert, Button, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonTexts } from '../../texts/office/common.ts';
import { shownOnceTexts } from '../../texts/office/shown-once.ts';
import { useTextsOf } from '../../texts/use-texts-of.ts';
import classes from './shown-once.module.css';

interface ShownOnceProps {
  label: string;
  value: string;
  /** What it is good for, and how long. */
  children: ReactNode;
  onClose: () => void;
}

/** A secret that is told this once: to be copied now. */
export function ShownOnce({ label, value, children, onClose }: ShownOnceProps) {
  const texts = useTextsOf(shownOnceTexts);
  const common = useTextsOf(commonTexts);
  return (
    <Stack>
      <Alert color="orange" role="status" title={texts.now}>
        {children}
      </Alert>
      <Group align="flex-end" wrap="nowrap">
        <TextInput
          className={classes.value}
          label={label}
          value={value}
          readOnly
          data-autofocus
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button onClick={copy} aria-live="polite">
              {copied ? texts.copied : texts.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common.close}
        </Button>
      </Group>
    </Stack>
  );
}
