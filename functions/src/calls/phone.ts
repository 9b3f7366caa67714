import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * What Twilio sends for a caller who withheld the number, as words and as the placeholder numbers
 * that spell ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a keypad. Nobody dials or
 * texts them.
 */
const WITHHELD = new Set([
  '',
  'anonymous',
  'restricted',
  'blocked',
  'unknown',
  'unavailable',
  'private',
  '+266696687',
  '+7378742833',
  '+2562533',
  '+8656696',
  '+86282452253',
]);

export function isWithheld(number: string): boolean {
  return WITHHELD.has(number.trim().toLowerCase());
}

/** True for a stored number that can be dialled: not `anonymous`, `client:…` or `sip:…`. */
export function isTelephone(number: string): boolean {
  return /^\+[0-9]{3,15}$/.test(number);
}

/**
 * The form under which a caller is stored: E.164 where the text is a telephone number, `anonymous`
 * for a withheld one, else Twilio's own form (`client:alice`, `sip:…`) without control characters,
 * at most 128 characters. Never throws: callers are served whatever their number looks like.
 */
export function normalizeNumber(text: string, country?: string): string {
  const trimmed = text.trim();
  if (isWithheld(trimmed)) return 'anonymous';
  if (/^[a-z]+:/i.test(trimmed)) return clean(trimmed);
  const parsed = parsePhoneNumberFromString(trimmed, country as CountryCode | undefined);
  if (parsed) return isWithheld(parsed.number) ? 'anonymous' : parsed.number;
  const digits = /^\+?([0-9]{3,15})$/.exec(trimmed.replace(/[\s().-]/g, ''))?.[1];
  return digits ? `+${digits}` : clean(trimmed) || 'anonymous';
}

function clean(text: string): string {
  return text.replace(/\p{C}/gu, '').trim().slice(0, 128).trim();
}
