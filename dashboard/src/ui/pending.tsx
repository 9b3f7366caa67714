import { Center, Loader } from '@mantine/core';
import { Failure } from './failure.tsx';

interface PendingProps {
  of: { isPending: boolean; error: Error | null };
}

/** Of what is asked for: that it is on its way, or why it does not come; nothing once it is there. */
export function Pending({ of }: PendingProps) {
  if (of.error) {
    return <Failure>{of.error.message}</Failure>;
  }
  return of.isPending ? (
    <Center py="xl">
      <Loader />
    </Center>
  ) : null;
}
