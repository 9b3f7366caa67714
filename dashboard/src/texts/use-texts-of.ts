import { type Language, useLanguage } from './texts.ts';

/** The words of a part of the page that is loaded by itself, in the language that is chosen. */
export function useTextsOf<T>(of: Record<Language, T>): T {
  return of[useLanguage()];
}
