import { fullTag, sameLanguage } from '../../calls/language-tags.ts';

/** Badly heard turns in a row after which the line listens for another language. */
export const BADLY_HEARD_TURNS = 2;

/** Keys that name a language; 0, 1, 2 and 9 mean something in every language. */
export const LANGUAGE_KEYS = ['3', '4', '5', '6', '7', '8'] as const;
export type LanguageKey = (typeof LANGUAGE_KEYS)[number];

/** A call has one language to speak and a key for each other one. */
const MOST_LANGUAGES = LANGUAGE_KEYS.length + 1;

/** How a call stands with languages: what is spoken now, and what can be. */
export interface CallLanguages {
  language: string;
  /** Never empty; the site's own one is the first. */
  languages: readonly string[];
}

/**
 * The languages of a call that begins: the worker's own one, else the first of the site's (those of
 * the dialled number, else of the company). A language besides the first counts only where Aurora has
 * words in it (`speaks`); a worker's that the site does not name is added then.
 */
export function startingLanguages(
  site: readonly [string, ...string[]],
  worker: string | undefined,
  speaks: (language: string) => boolean,
): CallLanguages {
  const languages = unique(site)
    .filter((language, at) => at === 0 || speaks(language))
    .slice(0, MOST_LANGUAGES);
  const first = languages[0] ?? site[0];
  if (worker === undefined) return { language: first, languages };
  const named = languages.find((language) => sameLanguage(language, worker));
  if (named !== undefined) return { language: named, languages };
  if (!speaks(worker)) return { language: first, languages };
  const own = fullTag(worker);
  return { language: own, languages: [...languages.slice(0, MOST_LANGUAGES - 1), own] };
}

/**
 * The language that each key switches to: 3 to 8 are the second to seventh of the call's languages,
 * and the key of the one that is spoken now leads back to the first. So each key stays what it is
 * in every language, and two languages share one key.
 */
export function languageKeys({
  language,
  languages,
}: CallLanguages): { key: LanguageKey; language: string }[] {
  const [first, ...others] = languages.slice(0, MOST_LANGUAGES);
  return others.flatMap((other, at) => {
    const key = LANGUAGE_KEYS[at];
    const target = sameLanguage(other, language) ? first : other;
    return key === undefined || target === undefined ? [] : [{ key, language: target }];
  });
}

/** The language that a key switches to; undefined for a key that names none. */
export function languageOfKey(key: string, call: CallLanguages): string | undefined {
  return languageKeys(call).find((known) => known.key === key)?.language;
}

/**
 * The language to listen for after a badly heard turn. `badlyHeard` counts the badly heard turns in a
 * row, this one included: with the second the next of the call's languages is tried, with the fourth
 * the one after it. Undefined where the line goes on in its language, or has no other.
 */
export function languageAfterBadHearing(
  badlyHeard: number,
  { language, languages }: CallLanguages,
): string | undefined {
  if (badlyHeard === 0 || badlyHeard % BADLY_HEARD_TURNS !== 0) return undefined;
  const at = languages.findIndex((known) => sameLanguage(known, language));
  const next = languages[(at + 1) % languages.length];
  return next === undefined || sameLanguage(next, language) ? undefined : next;
}

function unique(languages: readonly string[]): string[] {
  return languages.filter(
    (language, at) => languages.findIndex((known) => sameLanguage(known, language)) === at,
  );
}
