import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { session } from '../session/session.ts';
import classes from './frame.module.css';

const SignInScreen = lazy(() =>
  import('../session/sign-in-screen.tsx').then(({ SignInScreen }) => ({ default: SignInScreen })),
);
const SignedInFrame = lazy(() =>
  import('./signed-in-frame.tsx').then(({ SignedInFrame }) => ({ default: SignedInFrame })),
);

/** What is around every screen: nobody who is not signed in sees, or loads, more than the sign-in. */
export function Frame() {
  const { state } = useStore(session);
  const loader = (
    <Center className={classes.whole}>
      <Loader />
    </Center>
  );
  if (state === 'starting') return loader;
  return (
    <Suspense fallback={loader}>
      {state === 'signed_out' ? <SignInScreen /> : <SignedInFrame />}
    </Suspense>
  );
}
