import { Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { useStale } from '../../alarm/alarm-bar.tsx';
import { useLiveCalls } from '../../live/use-live.ts';
import { session } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { ConnectionState } from '../../ui/connection-state.tsx';
import { useNow } from '../../ui/now.ts';
import { UrgencyMark } from '../../ui/urgency-mark.tsx';
import { shownOrder } from './blocks.ts';
import { CallList } from './call-list.tsx';
import { countByUrgency, URGENCIES } from './counts.ts';
import { useHidden } from './use-hidden.ts';
import { WallAlarm } from './wall-alarm.tsx';
import { WallClock } from './wall-clock.tsx';
import { WallExpired } from './wall-expired.tsx';
import classes from './wall-screen.module.css';
import { WakeNotice, WallWindow } from './wall-window.tsx';

/** Milliseconds after which the picture moves by a few pixels, so that it burns in nowhere. */
const SHIFT_EVERY = 60_000;
const SHIFTS = 4;

/** For a screen that is read from across the room: calls that run, large, and nothing else. */
export function WallScreen() {
  const texts = useTexts();
  const calls = useLiveCalls(({ calls }) => calls);
  const loaded = useLiveCalls(({ loaded }) => loaded);
  const connection = useLiveCalls(({ connection }) => connection);
  const isExpired = useStore(session, ({ state }) => state === 'expired');
  const stale = useStale();
  const shift = Math.floor(useNow() / SHIFT_EVERY) % SHIFTS;
  const running = calls.filter(({ status }) => status === 'ACTIVE');
  const counts = countByUrgency(running);
  const { box, hidden } = useHidden();
  return (
    <div className={classes.wall} data-shift={shift}>
      {isExpired && <WallExpired />}
      <Group justify="space-between" className={classes.head}>
        <Group gap="lg">
          <Title order={1} className={classes.count}>
            {texts.live.count(running.length, counts.CRITICAL)}
          </Title>
          {URGENCIES.map((urgency) => (
            <span key={urgency} className={classes.kind} data-count={counts[urgency]}>
              <UrgencyMark urgency={urgency} large />
              <span className="numbers">{counts[urgency]}</span>
            </span>
          ))}
        </Group>
        <WallClock />
      </Group>
      <Group justify="space-between" className={classes.states}>
        <Group gap="lg">
          <ConnectionState connection={connection} />
          <WallAlarm />
          <WakeNotice />
        </Group>
        <Group gap="md">
          <WallWindow />
          <Link to="/" className={classes.leave}>
            {texts.failure.back}
          </Link>
        </Group>
      </Group>
      {loaded && running.length === 0 && <Text className={classes.none}>{texts.live.none}</Text>}
      <div ref={box} className={classes.calls}>
        <CallList calls={running} isStale={stale || isExpired} />
      </div>
      {hidden > 0 && <Hidden counts={countByUrgency(shownOrder(running).slice(-hidden))} />}
    </div>
  );
}

/** Calls that the screen is too small for are told: the last ones of the list. */
function Hidden({ counts }: { counts: ReturnType<typeof countByUrgency> }) {
  const { wall, urgency } = useTexts();
  const kinds = URGENCIES.filter((each) => counts[each] > 0);
  const total = kinds.reduce((sum, each) => sum + counts[each], 0);
  return (
    <Text className={classes.more}>
      {wall.more(total, kinds.map((each) => wall.kind(counts[each], urgency[each])).join(', '))}
    </Text>
  );
}
