import { DateTime } from 'luxon';

/** ISO 8601 with the zone's offset, to the millisecond: `2025-10-04T14:30:00.120+05:30`. */
export function isoInZone(epochMs: number, timeZone: string): string {
  const at = DateTime.fromMillis(epochMs, { zone: timeZone });
  if (!at.isValid) throw new RangeError(`Not a time zone or instant: ${timeZone}, ${epochMs}`);
  return at.toISO({ suppressMilliseconds: true });
}

/** Epoch milliseconds of an ISO 8601 text with offset. */
export function instant(iso: string): number {
  return Date.parse(iso);
}

/** The later of two ISO 8601 texts, compared as instants; the first where they are the same. */
export function later(a: string, b: string): string {
  return instant(b) > instant(a) ? b : a;
}

/** The earlier of two ISO 8601 texts, compared as instants; the first where they are the same. */
export function earlier(a: string, b: string): string {
  return instant(b) < instant(a) ? b : a;
}

/** The earlier of two ISO 8601 texts in a total order: of one instant the lesser text. */
export function earliest(a: string, b: string): string {
  return instant(a) === instant(b) && b < a ? b : earlier(a, b);
}

/** The offset of an ISO 8601 text as a fixed zone for `isoInZone`. */
export function zoneOf(iso: string): string {
  const offset = /[+-][0-9]{2}:[0-9]{2}$/.exec(iso)?.[0];
  return offset ? `UTC${offset}` : 'UTC';
}
