import { Anchor, Group, UnstyledButton } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { AlarmSwitch } from '../alarm/alarm-switch.tsx';
import { useLiveCalls } from '../live/use-live.ts';
import { session } from '../session/session.ts';
import { useTexts } from '../texts/texts.ts';
import { ConnectionState } from '../ui/connection-state.tsx';
import classes from './header.module.css';

const loadMenu = () => import('./account-menu.tsx');
const AccountMenu = lazy(() => loadMenu().then(({ AccountMenu }) => ({ default: AccountMenu })));

export function Header() {
  const texts = useTexts();
  const connection = useLiveCalls(({ connection }) => connection);
  return (
    <header className={classes.header}>
      <Group gap="lg" wrap="nowrap">
        <Anchor component={Link} to="/" className={classes.mark} aria-label={texts.app.name}>
          <img src="/mark.svg" width={28} height={28} alt="" />
        </Anchor>
        <nav aria-label={texts.app.controlRoom}>
          <Group gap="md" wrap="nowrap">
            <Link to="/" className={classes.link} activeOptions={{ exact: true }}>
              {texts.nav.live}
            </Link>
            <Link to="/history" className={classes.link}>
              {texts.nav.history}
            </Link>
            <Link to="/office" className={classes.link}>
              {texts.nav.office}
            </Link>
            <Link to="/wall" className={classes.link}>
              {texts.nav.wall}
            </Link>
          </Group>
        </nav>
      </Group>
      <Group gap="md" wrap="nowrap">
        <ConnectionState connection={connection} />
        <AlarmSwitch />
        <Account />
      </Group>
    </header>
  );
}

/** Who is signed in; a menu that few open, and that is loaded for them alone. */
function Account() {
  const { account } = useTexts();
  const current = useStore(session);
  const [isWanted, setWanted] = useState(false);
  const name = 'admin' in current ? current.admin.name : '';
  const button = (
    <UnstyledButton
      aria-label={`${account.menu}: ${name}`}
      aria-haspopup="menu"
      className={classes.account}
      onPointerEnter={() => void loadMenu().catch(() => undefined)}
      onClick={isWanted ? undefined : () => setWanted(true)}
    >
      <IconUserCircle aria-hidden />
      <span className={classes.name}>{name}</span>
    </UnstyledButton>
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenu target={button} />
    </Suspense>
  );
}
