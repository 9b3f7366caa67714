import * as z from 'zod';

const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** RFC 3339 in UTC with nine digits of a second. */
export const timeSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);

/** @param nanoseconds since 1970, between the years 1 and 9999 */
export function formatTime(nanoseconds: bigint): string {
  const fraction =
    ((nanoseconds % NANOSECONDS_PER_SECOND) + NANOSECONDS_PER_SECOND) % NANOSECONDS_PER_SECOND;
  const seconds = (nanoseconds - fraction) / NANOSECONDS_PER_SECOND;
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${text}.${String(fraction).padStart(9, '0')}Z`;
}

/** The way back from `formatTime`. */
export function parseTime(text: string): bigint {
  const seconds = BigInt(Date.parse(`${text.slice(0, 19)}Z`) / 1000);
  return seconds * NANOSECONDS_PER_SECOND + BigInt(text.slice(20, 29));
}
