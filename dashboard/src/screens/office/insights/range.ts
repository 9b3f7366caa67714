import type { InsightsSearch } from './search.ts';

/** Days, where the address names none. */
const USUAL = 30;

/** Days, both included: `2026-11-27`. */
export interface Range {
  from: string;
  to: string;
}

/** `length`: undefined where the days were not chosen by name. */
export type Chosen = Range & { length: number | undefined };

/** The days that the address asks for; a day that is missing is today, or the one day there is. */
export function rangeOf({ days, from, to }: InsightsSearch, today: string): Chosen {
  if (from !== undefined || to !== undefined) {
    return { from: from ?? to ?? today, to: to ?? today, length: undefined };
  }
  const length = days ?? USUAL;
  return { from: shifted(today, 1 - length), to: today, length };
}

/** Whether the days go forward. */
export function isForward({ from, to }: Range): boolean {
  return from <= to;
}

/** Days that the API counts together, at most. */
export const MOST_DAYS = 400;

/** Why nothing can be asked about these days. */
export function faultOf(range: Range): 'turned' | 'long' | undefined {
  if (!isForward(range)) return 'turned';
  return daysIn(range) > MOST_DAYS ? 'long' : undefined;
}

/** As many days, up to the one before. */
export function rangeBefore(range: Range): Range {
  return { from: shifted(range.from, -daysIn(range)), to: shifted(range.from, -1) };
}

export function queryOf(
  { from, to }: Range,
  siteId: string | undefined,
  more: Record<string, string | null> = {},
): string {
  const query = new URLSearchParams({ from, to });
  if (siteId !== undefined) query.set('site_id', siteId);
  for (const [name, value] of Object.entries(more)) if (value !== null) query.set(name, value);
  return `?${query}`;
}

/** Of that zone at that moment (epoch milliseconds). */
export function dayIn(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Milliseconds; days of the calendar as UTC has them have no hour more or less. */
const DAY = 86_400_000;

function daysIn({ from, to }: Range): number {
  return (Date.parse(to) - Date.parse(from)) / DAY + 1;
}

function shifted(day: string, by: number): string {
  return new Date(Date.parse(day) + by * DAY).toISOString().slice(0, 10);
}
