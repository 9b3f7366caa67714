import { useCompanyZone } from '../../live/company-zone.ts';
import { useLanguage } from '../../texts/texts.ts';
import { useNow } from '../../ui/now.ts';
import classes from './wall-screen.module.css';

/** The time at the plant, wherever the screen hangs; nothing until it is known where that is. */
export function WallClock() {
  const now = useNow();
  const language = useLanguage();
  const timeZone = useCompanyZone();
  if (timeZone === undefined) return null;
  const time = new Intl.DateTimeFormat(language, {
    timeZone,
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  return (
    <time className={classes.clock} dateTime={new Date(now).toISOString()}>
      <span className={classes.day}>{day.format(now)}</span> {time.format(now)}
    </time>
  );
}
