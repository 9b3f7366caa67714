import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isWithheld } from '../calls/phone.ts';

/** What a number says of itself, by the numbering plans of the world. */
export interface Planned {
  /** ISO 3166; undefined where it is of no country, such as a satellite's or a shared-cost one. */
  country: string | undefined;
  /** Whether somebody earns with each call to it. */
  costly: boolean;
}

/** Kinds of numbers for which a caller pays more than for a telephone. */
const COSTLY = new Set([
  'PREMIUM_RATE',
  'SHARED_COST',
  'PERSONAL_NUMBER',
  'UAN',
  'PAGER',
  'VOICEMAIL',
]);

/**
 * Undefined for what is no telephone that rings somewhere: withheld, a short code, not E.164. A
 * number that the plan does not know counts by its country code, for plans grow faster than
 * libraries: of several countries with one code the first, as the plan lists them.
 */
export function planned(number: string): Planned | undefined {
  if (!/^\+[0-9]{7,15}$/.test(number) || isWithheld(number)) return undefined;
  const parsed = parsePhoneNumberFromString(number, { extract: false });
  if (!parsed?.isPossible() || parsed.number !== number) return undefined;
  return {
    country: parsed.country ?? parsed.getPossibleCountries()[0],
    costly: COSTLY.has(parsed.getType() ?? ''),
  };
}
