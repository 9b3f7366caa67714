/** Sorts before and after every key; clients send them in exclusive query bounds. */
export const MIN_KEY = '[MIN_NAME]';
export const MAX_KEY = '[MAX_NAME]';

/** https://firebase.google.com/docs/database/usage/limits: 768 bytes of UTF-8. */
export const MAX_KEY_BYTES = 768;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const FORBIDDEN_IN_KEY = /[.$#[\]/\u0000-\u001f\u007f]/;
const INTEGER_KEY = /^-?0*\d{1,10}$/;
const MIN_INT32 = -(2 ** 31);
const MAX_INT32 = 2 ** 31 - 1;

/** Why a key is refused, as half a sentence, or undefined for a key that may be stored. */
export function keyProblem(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (FORBIDDEN_IN_KEY.test(key)) {
    return 'contains one of . $ # [ ] / or an ASCII control character';
  }
  // One UTF-16 unit takes at most three bytes, so most keys need no counting.
  if (key.length * 3 > MAX_KEY_BYTES && Buffer.byteLength(key) > MAX_KEY_BYTES) {
    return `is longer than ${MAX_KEY_BYTES} bytes`;
  }
  return undefined;
}

/**
 * The order of keys: 32-bit integers first, by value and then by length ("1" before "01"), then
 * all others by UTF-16 code unit. It is the client SDK's order, bit for bit: both sides must cut
 * query windows at the same place, and the hash of a list depends on it.
 */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  if (a === MIN_KEY || b === MAX_KEY) return -1;
  if (b === MIN_KEY || a === MAX_KEY) return 1;
  const aInteger = asInteger(a);
  const bInteger = asInteger(b);
  if (aInteger !== undefined && bInteger !== undefined) {
    // "-0" and "0" have the same value and differ in length; "-00" and "000" would tie.
    return aInteger - bInteger || a.length - b.length || (a < b ? -1 : 1);
  }
  if (aInteger !== undefined) return -1;
  if (bInteger !== undefined) return 1;
  return a < b ? -1 : 1;
}

function asInteger(key: string): number | undefined {
  if (!INTEGER_KEY.test(key)) return undefined;
  const value = Number(key);
  return value >= MIN_INT32 && value <= MAX_INT32 ? value : undefined;
}
