import type { FactKind } from '../api/types.ts';
import { hazardWords } from '../texts/hazards.ts';
import { chosenLanguage } from '../texts/texts.ts';
import { plain } from './plain.ts';

/** A hazard is the id of its card, `unsafe-equipment`; the other facts are in the caller's words. */
export function wordsOf(kind: FactKind, value: string): string {
  return kind === 'hazard' ? hazardWords(value, chosenLanguage()) : plain(value);
}
