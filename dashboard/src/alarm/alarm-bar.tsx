import { Button, Group, Text } from '@mantine/core';
import { IconBellRinging, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { acknowledge } from '../live/seen.ts';
import { useLiveCalls } from '../live/use-live.ts';
import { useTexts } from '../texts/texts.ts';
import { useNow } from '../ui/now.ts';
import { told } from '../ui/told.ts';
import { STALE_AFTER } from './alarm.ts';
import classes from './alarm-bar.module.css';
import { arm, sound } from './sound.ts';
import { useAlarm } from './use-alarm.ts';

/** Whether what is shown may be old. */
export function useStale(): boolean {
  const heardAt = useLiveCalls(({ heardAt }) => heardAt);
  return useNow() - heardAt > STALE_AFTER;
}

/** Across the page: nobody who sits before it may miss it. */
export function AlarmBar() {
  const { alarm, connection } = useTexts();
  const unseen = useAlarm();
  const stale = useStale();
  const { state } = useStore(sound);
  const [first] = unseen;
  return (
    <div aria-live="assertive">
      {stale && (
        <div className={classes.bar} data-kind="stale">
          <Group gap="sm">
            <IconPlugConnectedX aria-hidden />
            <Text fw={700}>{connection.stale}</Text>
          </Group>
        </div>
      )}
      {state === 'blocked' && (
        <div className={classes.bar} data-kind="stale">
          <Text fw={700}>{alarm.blocked}</Text>
          <Button variant="white" color="dark" onClick={() => void arm()}>
            {alarm.arm}
          </Button>
        </div>
      )}
      {first && (
        <div className={classes.bar} data-kind="critical">
          <Group gap="sm">
            <IconBellRinging aria-hidden />
            <Link to="/calls/$callId" params={{ callId: first.call_id }} className={classes.link}>
              {alarm.banner(unseen.length)}
            </Link>
          </Group>
          <Acknowledge callId={first.call_id} />
        </div>
      )}
    </div>
  );
}

function Acknowledge({ callId }: { callId: string }) {
  const { alarm, failure } = useTexts();
  return (
    <Button
      variant="white"
      color="dark"
      onClick={() => void acknowledge(callId).catch(told(failure.title))}
    >
      {alarm.acknowledge}
    </Button>
  );
}
