import { DateTime } from 'luxon';
import type { DaysOff, Shift } from '../access/reaching-policy.ts';
import { onAt, turnsFor } from './rota.ts';

/** A part of a day in which the same people are on call; nobody where `people` is empty. */
export interface Span {
  /** Epoch milliseconds; it is over at `to`. */
  from: number;
  to: number;
  people: string[];
}

export interface Day {
  /** By the company's clock. */
  date: string;
  /** From midnight to midnight, without gap or overlap. */
  spans: Span[];
}

/** Who is on call on so many days from a date on, as `onCall` says for each instant. */
export function daysOnCall(
  rota: readonly Shift[],
  daysOff: readonly DaysOff[],
  timeZone: string,
  from: string,
  count: number,
): Day[] {
  const first = DateTime.fromISO(from, { zone: timeZone }).startOf('day');
  if (!first.isValid) throw new RangeError(`Not a date in a time zone: ${from}, ${timeZone}`);
  return Array.from({ length: count }, (_, index) =>
    dayOnCall(rota, daysOff, first.plus({ days: index })),
  );
}

function dayOnCall(rota: readonly Shift[], daysOff: readonly DaysOff[], day: DateTime<true>): Day {
  const begin = day.startOf('day').toMillis();
  const end = day.plus({ days: 1 }).startOf('day').toMillis();
  const turns = turnsFor(rota, daysOff, day);
  const changes = turns
    .flatMap((turn) => [turn.start, turn.end])
    .filter((at) => begin < at && at < end);
  const edges = [...new Set([begin, ...changes])].sort((a, b) => a - b);
  const spans: Span[] = [];
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1] ?? end;
    const people = onAt(turns, from);
    const last = spans.at(-1);
    if (last && last.people.join() === people.join()) last.to = to;
    else spans.push({ from, to, people });
  }
  return { date: day.toISODate(), spans };
}
