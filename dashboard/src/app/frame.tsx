import { Center, Loader } from '@mantine/core';
import { type ComponentType, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { session } from '../session/session.ts';
import classes from './frame.module.css';

const SCREENS = {
  signIn: () => import('../session/sign-in-screen.tsx').then(({ SignInScreen }) => SignInScreen),
  signedIn: () => import('./signed-in-frame.tsx').then(({ SignedInFrame }) => SignedInFrame),
};

/** What is around every screen: nobody who is not signed in sees, or loads, more than the sign-in. */
export function Frame() {
  const { state } = useStore(session);
  const wanted = state === 'signed_out' ? 'signIn' : 'signedIn';
  const Screen = useScreen(state === 'starting' ? undefined : wanted);
  if (Screen) return <Screen />;
  return (
    <Center className={classes.whole}>
      <Loader />
    </Center>
  );
}

/**
 * Undefined until it is there. Not by Suspense: React shows nothing for 300 ms after a fallback,
 * however soon what comes after it is loaded.
 * @throws where it can not be loaded
 */
function useScreen(wanted: keyof typeof SCREENS | undefined): ComponentType | undefined {
  const [loaded, setLoaded] = useState<{ name: typeof wanted; Screen: ComponentType }>();
  const [failure, setFailure] = useState<{ error: unknown }>();
  useEffect(() => {
    if (!wanted) return;
    let isWanted = true;
    SCREENS[wanted]().then(
      (Screen) => isWanted && setLoaded({ name: wanted, Screen }),
      (error: unknown) => isWanted && setFailure({ error }),
    );
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  if (failure) throw failure.error;
  return loaded?.name === wanted ? loaded?.Screen : undefined;
}
