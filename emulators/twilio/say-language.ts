import type { Verb } from './twiml-rules.ts';

/** In which language a Say is spoken, where it names one. */
export function languageOf({ attributes }: Verb): { language?: string } {
  return attributes.language === undefined ? {} : { language: attributes.language };
}
