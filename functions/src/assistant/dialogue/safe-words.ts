import type { Reply } from '../assistant.ts';
import { wordingFor } from '../languages/wording.ts';
import { cardIn, type Pack } from '../manual/packs.ts';
import { step } from './cards.ts';
import { groundingOf, partsOf, sourcesOf, spoken } from './finish.ts';
import { compose, type Piece } from './pieces.ts';
import { ask } from './questions.ts';

/** The card of a hazard in safe words with the emergency number: what is said when all else fails. */
export function safeWords(
  pack: Pack,
  hazard: string | undefined,
  emergencyNumber: string,
  language = 'en',
): Reply {
  const card = cardIn(pack, hazard ?? '', [language]);
  const wording = wordingFor(language);
  const own = (key: 'callNow' | 'getAway' | 'stayOnLine' | 'whatHappens'): Piece => ({
    text: wording.sentences[key],
    language: wording.language,
  });
  const pieces = card
    ? compose([step({ pack }, card, 0), own('callNow'), own('stayOnLine')], [ask(card, 0)])
    : compose([own('getAway'), own('callNow'), own('stayOnLine'), own('whatHappens')]);
  return {
    reply: spoken(pieces, emergencyNumber),
    urgency: card?.urgency ?? 'URGENT',
    sources: sourcesOf(pieces),
    ...(card ? { hazard: card.id, step: 0 } : {}),
    ...partsOf({ language, emergency_number: emergencyNumber }, pieces),
    grounding: groundingOf({ pack }, card ? 'card' : 'person', pieces),
  };
}
