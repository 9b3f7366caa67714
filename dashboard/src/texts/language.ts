export type Language = 'en' | 'hi';

/** Where a browser keeps what was chosen, for every page of this origin. */
export const KEY = 'aurora-language';

/** What was chosen before, else what the browser speaks. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === 'en' || kept === 'hi') return kept;
  return navigator.language.startsWith('hi') ? 'hi' : 'en';
}

/** So that screen readers pronounce it, and hyphens and fonts fit. */
export function markPage(language: Language): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language;
}
