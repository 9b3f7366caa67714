import type { Procedure } from './manual.ts';
import type { Passage } from './passages.ts';

/** All that may be spoken to the callers of one company, compiled and held in memory. */
export interface Pack {
  /** Names the pack in groundings: `embedded@1a2b3c4d5e6f`, or `demo@7` for a company's seventh. */
  version: string;
  /** Cards by hazard, the company's own in the place of embedded ones; in English. */
  procedures: ReadonlyMap<string, Procedure>;
  /**
   * Cards in other languages: by hazard, then by language (BCP 47 without region, e.g. `hi`). Only
   * text that somebody has reviewed in that language stands here; see {@link cardIn}.
   */
  translations: ReadonlyMap<string, ReadonlyMap<string, Procedure>>;
  /** Of all cards and all other manuals, in all their languages. */
  passages: readonly Passage[];
  /** False where the company has manuals of its own that this instance does not hold. */
  atHand: boolean;
}

export interface Packs {
  /** At once, from memory: the company's pack if it is known to be current, else the embedded one. */
  of(companyId: string | undefined): Pack;
  /** Starts to bring a company's pack up to date where that is due; waits for it at most so long. */
  refresh(companyId: string, boundMs: number): Promise<void>;
}

/**
 * The card of a hazard in the first of these languages (BCP 47, region or not) that has reviewed
 * text, else in English; its `language` says which it is. Undefined for a hazard without a card.
 * Ask with the caller's language first and the site's after it.
 */
export function cardIn(
  pack: Pack,
  hazard: string,
  languages: readonly string[],
): Procedure | undefined {
  const card = pack.procedures.get(hazard);
  const translations = pack.translations.get(hazard);
  for (const wanted of languages) {
    const language = wanted.split('-', 1)[0] ?? '';
    if (language === card?.language) return card;
    const translation = translations?.get(language);
    if (translation) return translation;
  }
  return card;
}
