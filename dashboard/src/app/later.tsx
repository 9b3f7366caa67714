import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { foreseeFailures } from '../api/failure-words.ts';
import { SignInDialog } from '../session/sign-in-dialog.tsx';

/** What a page needs when something fails, and not before. */
export function Later() {
  useEffect(foreseeFailures, []);
  return (
    <>
      <Notifications position="top-right" limit={3} />
      <SignInDialog />
    </>
  );
}
