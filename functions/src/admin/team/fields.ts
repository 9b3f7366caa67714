import { z } from 'zod';
import { LANGUAGE_TAG } from '../../calls/language-tags.ts';

/** Ids become part of a database path; Firestore keeps those between double underscores to itself. */
const RECORD_ID = /^(?!__)[A-Za-z0-9_-]+$/;

/** The id of a worker, admin or key. */
export const RecordId = z.string().max(128).regex(RECORD_ID, 'is no id of Aurora');

/** Calls and numbers name sites too, with at most so many characters. */
export const SiteId = z.string().max(64).regex(RECORD_ID, 'is no id of Aurora');

/** A name or the like: one line of any script. */
export const Line = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => text.isWellFormed(), 'holds half a character')
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .regex(/^\P{Cc}*$/u, 'must not hold control characters'),
    );

/** BCP 47, as Twilio's Say and Gather take it. */
export const Language = z.string().max(35).regex(LANGUAGE_TAG, 'must look like en-IN');

export const EmergencyNumber = z
  .string()
  .regex(/^\+?[0-9]{2,15}$/, 'must be digits only, such as 112 or +911234567890');

/** Lenient, for what an operator has stored by hand: it must not break a list. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
