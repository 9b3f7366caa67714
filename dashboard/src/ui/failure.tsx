import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';

/** What was asked for did not come about, and why. */
export function Failure({ children }: { children: ReactNode }) {
  const { failure } = useTexts();
  return (
    <Alert color="red" role="alert" title={failure.title}>
      {children}
    </Alert>
  );
}
