import type { Situation } from '../assistant.ts';
import { type CallLanguages, languageOfKey } from '../languages/choose.ts';
import { wordingFor } from '../languages/wording.ts';
import { cardIn } from '../manual/packs.ts';
import { step } from './cards.ts';
import { compose, type Piece } from './pieces.ts';
import { beside, type Draft, type Turn } from './turn.ts';

export function callLanguages({ language = 'en', languages }: Situation): CallLanguages {
  return { language, languages: languages?.length ? languages : [language] };
}

/** A key from 3 to 8 chooses a language; undefined for any other, and for one that offers none. */
export function switchesByKey(turn: Turn): Draft | undefined {
  const { key } = turn.utterance;
  const language = key && languageOfKey(key, callLanguages(turn.situation));
  return language === undefined ? undefined : inLanguage(turn, language);
}

/** Goes on in another language: says so in it, and says again where the card stands. */
export function inLanguage(turn: Turn, language: string): Draft {
  const { current, pack, situation } = turn;
  const wording = wordingFor(language);
  const switched: Piece = {
    text: wording.line.switched,
    language: wording.language,
    question: 'where',
  };
  const card = current && cardIn(pack, current.id, [language, ...(situation.languages ?? [])]);
  const last = card && turn.step >= 0 ? step(turn, card, turn.step) : undefined;
  const pieces = compose([switched], [last]);
  return { ...beside(turn, 'NORMAL', 'dialogue', pieces), language, settled: true };
}
