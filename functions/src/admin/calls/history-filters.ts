import { DateTime } from 'luxon';
import { z } from 'zod';
import { searchTokens } from '../../archive/search-tokens.ts';
import { FinalAction, Medium, Urgency } from '../../calls/model.ts';
import { AuroraError } from '../../errors.ts';
import { InvalidRequest } from '../answer-error.ts';

const LONGEST_Q = 200;
const MOST_WORDS = 10;

const moment = (what: string) =>
  z
    .string()
    .max(40)
    // A plus sign that was not encoded arrives as a space.
    .transform((text) => text.replace(/ (?=\d\d:\d\d$)/, '+'))
    .pipe(z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'must be a date or an instant'))
    .optional()
    .meta({
      description: `${what}: a date (2025-10-04) in the company's zone, or an ISO 8601 instant.`,
    });

export const HistoryFilters = z.object({
  urgency: Urgency.optional(),
  worker_id: z.string().min(1).max(128).optional(),
  medium: Medium.optional(),
  final_action: FinalAction.optional(),
  q: z
    .string()
    .max(LONGEST_Q)
    .transform((text) => searchTokens([text]).sort((a, b) => b.length - a.length))
    .refine((words) => words.length > 0, 'needs a word or number of two or more characters')
    .refine((words) => words.length <= MOST_WORDS, `takes ${MOST_WORDS} different words at most`)
    .optional()
    .meta({ description: 'Whole words of the transcript and the notes; all of them must occur.' }),
  from: moment('Calls that started then or later'),
  to: moment('Calls that started then or earlier, on that date included'),
});
export type HistoryFilters = z.output<typeof HistoryFilters>;

const FIELDS = ['urgency', 'worker_id', 'medium', 'final_action', 'q'] as const;
type Field = (typeof FIELDS)[number];

/**
 * Which filters go together, beside the dates, which go with all. For each there is an index of
 * `calls` in firestore.indexes.json, and a test holds the two together.
 */
export const SUPPORTED: readonly (readonly Field[])[] = [
  [],
  ['urgency'],
  ['worker_id'],
  ['medium'],
  ['final_action'],
  ['q'],
  ['urgency', 'medium'],
  ['urgency', 'final_action'],
  ['urgency', 'worker_id'],
  ['urgency', 'q'],
  ['worker_id', 'q'],
];

/** Throws 400 `unsupported_filter` for filters that don't go together. */
export function requireSupported(filters: HistoryFilters): void {
  const asked = FIELDS.filter((field) => filters[field] !== undefined);
  const isAsked = (fields: readonly Field[]) =>
    fields.length === asked.length && fields.every((field) => asked.includes(field));
  if (SUPPORTED.some(isAsked)) return;
  const known = SUPPORTED.filter((fields) => fields.length > 0).map((fields) => fields.join('+'));
  throw new AuroraError(
    400,
    'unsupported_filter',
    `These filters don't go together. Beside from and to, use one of: ${known.join(', ')}.`,
  );
}

/** Epoch milliseconds; absent where the list is open at that end. */
export interface Period {
  from?: number | undefined;
  /** The first instant that is not in it any more. */
  before?: number | undefined;
}

/** Dates are days of the zone, which are 23 to 25 hours long. */
export function periodOf({ from, to }: HistoryFilters, timeZone: string): Period {
  const period = {
    ...(from && { from: startOf(from, timeZone).toMillis() }),
    ...(to && { before: endOf(to, timeZone).toMillis() }),
  };
  if (period.from !== undefined && period.before !== undefined && period.from >= period.before) {
    const message = 'lies before from';
    throw new InvalidRequest('The period is empty: exchange from and to.', [
      { path: 'to', message },
    ]);
  }
  return period;
}

function startOf(text: string, timeZone: string): DateTime {
  return DateTime.fromISO(text, { zone: timeZone });
}

function endOf(text: string, timeZone: string): DateTime {
  const at = startOf(text, timeZone);
  return text.includes('T') ? at.plus({ milliseconds: 1 }) : at.plus({ days: 1 });
}
