import { DateTime } from 'luxon';
import type { DaysOff, Shift } from '../access/reaching-policy.ts';

/** One shift on one day. Epoch milliseconds; it is over at `end`. */
export interface Turn {
  admin_id: string;
  start: number;
  end: number;
}

/**
 * Who is on call at an instant, by the company's clock; each once, in the order of the rota. A shift
 * that ends before it begins, or at the same time, ends on the next day, and is the one of the day on
 * which it began: of that day's people off, too. Where the clock is put forward or back a shift is as
 * long as the clock says, so there is neither a gap nor an overlap between two that meet.
 */
export function onCall(
  rota: readonly Shift[],
  daysOff: readonly DaysOff[],
  timeZone: string,
  /** Epoch milliseconds. */
  now: number,
): string[] {
  const at = DateTime.fromMillis(now, { zone: timeZone });
  if (!at.isValid) return [...new Set(rota.map(({ admin_id }) => admin_id))];
  return onAt(turnsFor(rota, daysOff, at), now);
}

/** Of turns in the order of the rota, who has one at this instant; each once. */
export function onAt(turns: readonly Turn[], now: number): string[] {
  const on = turns.filter(({ start, end }) => start <= now && now < end);
  return [...new Set(on.map(({ admin_id }) => admin_id))];
}

/** The turns that are on at some time of a day: those that begin on it, and on the one before. */
export function turnsFor(
  rota: readonly Shift[],
  daysOff: readonly DaysOff[],
  at: DateTime<true>,
): Turn[] {
  const begins = [at.startOf('day'), at.startOf('day').minus({ days: 1 })];
  return rota.flatMap((shift) =>
    begins
      .filter((day) => shift.days.includes(day.weekday) && !isOff(daysOff, shift.admin_id, day))
      .map((day) => turnOn(day, shift)),
  );
}

function turnOn(day: DateTime<true>, { admin_id, from, to }: Shift): Turn {
  const end = to > from ? timeOn(day, to) : timeOn(day.plus({ days: 1 }), to);
  return { admin_id, start: timeOn(day, from), end };
}

/** A time that the clock skips is the one right after the gap; one that comes twice is the first. */
function timeOn(day: DateTime<true>, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
}

function isOff(daysOff: readonly DaysOff[], adminId: string, day: DateTime<true>): boolean {
  const date = day.toISODate();
  return daysOff.some(
    ({ admin_id, from, to }) => admin_id === adminId && from <= date && date <= to,
  );
}
