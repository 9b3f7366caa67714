import { useLanguage } from '../../texts/texts.ts';

/** In which Aurora has words of her own, as the telephone network speaks and hears them. */
export const SPOKEN = ['en-IN', 'en-GB', 'en-US', 'en-AU', 'hi-IN', 'es-MX', 'es-ES', 'es-US'];

/** A language such as `hi` or `hi-IN` by its name in the language of the page; as it is where it has none. */
export function useLanguageName(): (tag: string) => string {
  const names = new Intl.DisplayNames(useLanguage(), { type: 'language' });
  return (tag) => {
    try {
      return names.of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
}
