import { useNotifications } from '@mantine/notifications';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { AlarmBar } from '../alarm/alarm-bar.tsx';
import { useLiveCallsStream } from '../live/use-live.ts';
import { session } from '../session/session.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './frame.module.css';
import { Header } from './header.tsx';

const loadLater = () => import('./later.tsx');
const Later = lazy(() => loadLater().then(({ Later }) => ({ default: Later })));

/** Milliseconds after which nothing that is more urgent is still being loaded. */
const AT_REST = 2_000;

/** Where a second factor is set up. */
const ACCOUNT = '/office/account';

/** What is around every screen of somebody who is signed in. */
export function SignedInFrame() {
  const texts = useTexts();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isWall = path === '/wall';
  const mustSetUp = useStore(session, (now) => now.state === 'signed_in' && now.mustSetUp === true);
  useLiveCallsStream();
  return (
    <div className={classes.frame} data-wall={isWall || undefined}>
      <a className={classes.skip} href="#content">
        {texts.nav.skip}
      </a>
      {!isWall && <Header />}
      <AlarmBar />
      <main id="content" tabIndex={-1} className={classes.content} data-wide={isWall || undefined}>
        {mustSetUp && path !== ACCOUNT ? <Navigate to={ACCOUNT} replace /> : <Outlet />}
      </main>
      {useLater() && (
        <Suspense>
          <Later />
        </Suspense>
      )}
    </div>
  );
}

/** At rest in any case: when the page fails to reach anything, it can not be loaded any more. */
function useLater(): boolean {
  const [isAtRest, setAtRest] = useState(false);
  const isExpired = useStore(session, ({ state }) => state === 'expired');
  const hasNews = useNotifications().notifications.length > 0;
  useEffect(() => {
    const timer = setTimeout(() => setAtRest(true), AT_REST);
    return () => clearTimeout(timer);
  }, []);
  return isAtRest || isExpired || hasNews;
}
