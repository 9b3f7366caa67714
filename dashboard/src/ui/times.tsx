import { useLanguage } from '../texts/texts.ts';
import { ageOf, clockOf } from './duration.ts';
import { useNow } from './now.ts';

/** How long it is since then, counting. Until `to` where it is over. */
export function Running({ from, to }: { from: string; to?: string | null }) {
  const now = useNow();
  const end = to ? Date.parse(to) : now;
  return <time className="numbers">{clockOf(end - Date.parse(from))}</time>;
}

export function Age({ of }: { of: string }) {
  const language = useLanguage();
  return <time dateTime={of}>{ageOf(useNow() - Date.parse(of), language)}</time>;
}

/** The wall clock of the plant, as the ISO text's own offset has it; the viewer's own on hover. */
export function Moment({ at, withDate = false }: { at: string; withDate?: boolean }) {
  const language = useLanguage();
  const date = new Date(at);
  const there = new Date(date.getTime() + offsetOf(at) * 60_000);
  const format = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    ...(withDate ? { dateStyle: 'medium' as const } : {}),
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const here = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' });
  return (
    <time dateTime={at} title={here.format(date)} className="numbers">
      {format.format(there)}
    </time>
  );
}

/** Minutes east of Greenwich. */
function offsetOf(iso: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
