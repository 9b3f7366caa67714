import { Text } from '@mantine/core';
import type { Connection } from '../live/event-stream.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './connection-state.module.css';
import { useNow } from './now.ts';

/** Milliseconds for which it is told that a connection is back. */
const TOLD_FOR = 10_000;

/** Always there: whoever relies on a list must see that it is alive. */
export function ConnectionState({ connection }: { connection: Connection }) {
  const { connection: texts } = useTexts();
  const now = useNow();
  const isBack =
    connection.state === 'live' &&
    connection.caughtUpAt !== undefined &&
    now - connection.caughtUpAt < TOLD_FOR;
  return (
    <Text size="sm" className={classes.state} role="status" data-state={connection.state}>
      <span className={classes.lamp} aria-hidden />
      {isBack ? texts.caughtUp : texts[connection.state]}
    </Text>
  );
}
