import type { Reply } from '../assistant.ts';
import type { Pack } from '../manual/packs.ts';
import { ask, step } from './cards.ts';
import { groundingOf, sourcesOf, spoken } from './finish.ts';
import { compose, type Piece } from './pieces.ts';
import { WORDING } from './wording.ts';

/** The card of a hazard in safe words with the emergency number: what is said when all else fails. */
export function safeWords(pack: Pack, hazard: string | undefined, emergencyNumber: string): Reply {
  const card = pack.procedures.get(hazard ?? '');
  const own = (key: 'callNow' | 'getAway' | 'stayOnLine' | 'whatHappens'): Piece => ({
    text: WORDING[key],
    language: 'en',
  });
  const pieces = card
    ? compose([step({ pack }, card, 0), own('callNow'), own('stayOnLine')], [ask(card, 0)])
    : compose([own('getAway'), own('callNow'), own('stayOnLine'), own('whatHappens')]);
  return {
    reply: spoken(pieces, emergencyNumber),
    urgency: card?.urgency ?? 'URGENT',
    sources: sourcesOf(pieces),
    ...(card ? { hazard: card.id, step: 0 } : {}),
    grounding: groundingOf({ pack }, card ? 'card' : 'person', pieces),
  };
}
