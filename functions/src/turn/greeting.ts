import type { SpokenPart } from '../assistant/assistant.ts';
import { type CallLanguages, languageKeys } from '../assistant/languages/choose.ts';
import { speaks, wordingFor, wordingOfCall } from '../assistant/languages/wording.ts';
import { type Spoken, spoken } from './spoken.ts';

/**
 * The first words of every call, in its language, then one short offer of each other language in that
 * language itself. Short: somebody is waiting to speak.
 */
export function greeting(emergencyNumber: string, call: CallLanguages): Spoken {
  const { wording, language } = wordingOfCall(call);
  return spoken([{ text: wording.line.greeting, language }, ...offers(call)], emergencyNumber);
}

/** Only the first of a call's languages can be one in which Aurora has no words to offer it. */
export function offers(call: CallLanguages): SpokenPart[] {
  return languageKeys(call)
    .filter(({ language }) => speaks(language))
    .map(({ key, language }) => ({
      text: wordingFor(language).line.offer.replace('{key}', key),
      language,
    }));
}
