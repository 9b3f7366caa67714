/**
 * A language is a BCP 47 tag, `hi-IN`, as it stands in Firestore, in the link and in TwiML. Two tags
 * whose first part is the same count as one language: text in `es` serves `es-MX` and `es-ES`.
 */
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/;

/** The language without country or script: `hi` of `hi-IN`. */
export function baseOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}

export function sameLanguage(one: string, other: string): boolean {
  return baseOf(one) === baseOf(other);
}

/** What Twilio speaks and listens for, where only the language is known. */
const USUAL: Readonly<Record<string, string>> = {
  en: 'en-IN',
  hi: 'hi-IN',
  es: 'es-MX',
};

/**
 * The full tag of a language: the one of `languages` that is the same language, or the usual one.
 * Twilio's Say and Gather know `hi-IN`, but not `hi`.
 */
export function fullTag(language: string, languages: readonly string[] = []): string {
  const known = languages.find((tag) => sameLanguage(tag, language));
  if (known !== undefined) return known;
  return language.includes('-') ? language : (USUAL[baseOf(language)] ?? language);
}
