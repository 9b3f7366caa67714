import { Alert, Text } from '@mantine/core';
import { operationsTexts } from '../../../texts/office/operations.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import type { DatabaseName } from './use-operations.ts';

interface AwayAlertProps {
  gone: readonly DatabaseName[];
  /** Of the last question. */
  error: Error | null;
  /** Whether numbers of before are shown. */
  hasOld: boolean;
  /** Whether the health check answers. */
  isKnown: boolean;
}

/** What is away, what to do, and that what is shown is old. */
export function AwayAlert({ gone, error, hasOld, isKnown }: AwayAlertProps) {
  const texts = useTextsOf(operationsTexts);
  if (gone.length === 0 && error === null) return null;
  const [, advice] = texts.signals.databases_away;
  return (
    <Alert color="red" role="alert" title={titleOf()}>
      {gone.length > 0 && <Text size="sm">{advice}</Text>}
      {gone.length === 0 && error && <Text size="sm">{error.message}</Text>}
      {error && !isKnown && <Text size="sm">{texts.nobodyKnows}</Text>}
      {error && hasOld && <Text size="sm">{texts.stale}</Text>}
      {!error && gone.length > 0 && <Text size="sm">{texts.missing}</Text>}
    </Alert>
  );

  function titleOf(): string {
    if (gone.length === 0) return texts.failed;
    return gone.map((name) => texts.away[name]).join(' ');
  }
}
