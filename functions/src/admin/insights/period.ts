import { DateTime } from 'luxon';
import { z } from 'zod';
import { InvalidRequest } from '../answer-error.ts';
import { SiteId } from '../team/fields.ts';

/** Days of one answer, at most. */
export const MOST_DAYS = 400;
const DEFAULT_DAYS = 30;

/** Which calls are counted. */
export const InsightsAsked = z.object({
  from: z.iso
    .date()
    .optional()
    .meta({ description: `The first day; default: ${DEFAULT_DAYS} days up to \`to\`.` }),
  to: z.iso
    .date()
    .optional()
    .meta({
      description: `The last day, included; default: today. At most ${MOST_DAYS} days.`,
    }),
  site_id: SiteId.optional().meta({ description: 'Calls to numbers of this site; default: all.' }),
});
export type InsightsAsked = z.infer<typeof InsightsAsked>;

export interface Days {
  from: string;
  to: string;
  /** Every day from the first to the last. */
  days: string[];
}

/** Days as the company counts them. Throws 400 where there are none, or too many. */
export function daysOf({ from, to }: InsightsAsked, timeZone: string, now: number): Days {
  const today = DateTime.fromMillis(now, { zone: timeZone }).toISODate() as string;
  const last = day(to ?? (from !== undefined && from > today ? from : today));
  const first = from === undefined ? last.minus({ days: DEFAULT_DAYS - 1 }) : day(from);
  const count = last.diff(first, 'days').days + 1;
  if (count < 1)
    throw invalid('to', 'lies before from', 'The period is empty: exchange from and to.');
  if (count > MOST_DAYS) {
    const message = `is more than ${MOST_DAYS} days before to`;
    throw invalid('from', message, `Ask for ${MOST_DAYS} days at most, and go on with the others.`);
  }
  const days = Array.from(
    { length: count },
    (_, n) => first.plus({ days: n }).toISODate() as string,
  );
  return { from: days[0] as string, to: days.at(-1) as string, days };
}

/** A name on a calendar, of no zone. */
function day(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc' });
}

function invalid(path: string, message: string, told: string): InvalidRequest {
  return new InvalidRequest(told, [{ path, message }]);
}
