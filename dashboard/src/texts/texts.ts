import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { en, type Texts } from './en.ts';

export type { Texts };

import { hi } from './hi.ts';
import { firstLanguage, KEY, type Language, markPage } from './language.ts';

export type { Language };

const LANGUAGES: Record<Language, Texts> = { en, hi };
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', hi: 'हिन्दी' };

const chosen = createStore<{ language: Language }>(() => ({ language: firstLanguage() }));
markPage(chosen.getState().language);

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  markPage(language);
  chosen.setState({ language });
}

export function chosenLanguage(): Language {
  return chosen.getState().language;
}

export function useLanguage(): Language {
  return useStore(chosen, ({ language }) => language);
}

export function useTexts(): Texts {
  return LANGUAGES[useLanguage()];
}
