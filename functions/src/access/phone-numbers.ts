import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { shortHash } from '../calls/ids.ts';
import { isWithheld, normalizeNumber } from '../calls/phone.ts';

/** The id in `worker_numbers/` under which a company's worker has a number for themselves. */
export function workerNumberKey(companyId: string, e164: string): string {
  return shortHash(`${companyId}|${e164}`, 40);
}

/**
 * A telephone number that somebody typed, as callers with it are stored; undefined for what nobody
 * can be called under. Without a country code in front, the default country's is meant; where there
 * is none, the number says too little.
 */
export function e164Of(text: string, defaultCountry?: string): string | undefined {
  const trimmed = text.normalize('NFKC').trim();
  if (isWithheld(trimmed) || /^[a-z]+:/i.test(trimmed)) return undefined;
  const parsed = parsePhoneNumberFromString(trimmed, {
    extract: false,
    ...(defaultCountry && { defaultCountry: defaultCountry as CountryCode }),
  });
  if (!parsed?.isPossible() || parsed.ext !== undefined) return undefined;
  return normalizeNumber(parsed.number) === parsed.number ? parsed.number : undefined;
}
