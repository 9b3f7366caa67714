import { useEffect, useMemo, useRef } from 'react';
import type { CallView } from '../api/types.ts';
import { useSeen } from '../live/seen.ts';
import { useLiveCalls } from '../live/use-live.ts';
import { useTexts } from '../texts/texts.ts';
import { unseenCritical } from './alarm.ts';
import { ring } from './sound.ts';

/** Critical calls that nobody has seen; rings, and says so in the tab's title, while there are any. */
export function useAlarm(): readonly CallView[] {
  const { alarm, app, live } = useTexts();
  const calls = useLiveCalls(({ calls }) => calls);
  const seen = useSeen();
  const unseen = useMemo(
    () => unseenCritical(calls).filter(({ call_id }) => !seen.has(call_id)),
    [calls, seen],
  );
  const count = unseen.length;

  useEffect(() => {
    ring(count > 0);
    document.title = count > 0 ? `${alarm.title(count)} – ${app.name}` : app.name;
    return () => ring(false);
  }, [count, alarm, app]);

  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const call of unseen) {
      if (told.current.has(call.call_id)) continue;
      told.current.add(call.call_id);
      notify(alarm.notification, call.facts.where?.value ?? live.unknownPlace, call.call_id);
    }
  }, [unseen, alarm, live]);

  return unseen;
}

/** No words of the caller: a locked screen shows it to everybody. */
function notify(title: string, body: string, tag: string): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notification = new Notification(title, { body, tag, requireInteraction: true });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
