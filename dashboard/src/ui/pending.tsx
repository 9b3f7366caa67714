import { Alert, Center, Loader } from '@mantine/core';
import { useTexts } from '../texts/texts.ts';

interface PendingProps {
  of: { isPending: boolean; error: Error | null };
  /** What stands above the reason; absent: the page's own words. */
  failure?: string;
}

/** Of what is asked for: that it is on its way, or why it does not come; nothing once it is there. */
export function Pending({ of, failure }: PendingProps) {
  const texts = useTexts();
  if (of.error) {
    return (
      <Alert color="red" role="alert" title={failure ?? texts.failure.title}>
        {of.error.message}
      </Alert>
    );
  }
  return of.isPending ? (
    <Center py="xl">
      <Loader />
    </Center>
  ) : null;
}
