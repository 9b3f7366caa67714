import type { Compiled } from './compiled.ts';
import type { Procedure } from './manual.ts';
import type { Pack } from './packs.ts';
import { BASE_LANGUAGE, passagesOf } from './passages.ts';

/**
 * A company's pack: the embedded cards, its own cards in their places, and its guides. Where the
 * company has its own English card, an embedded translation of the other one holds no longer; and a
 * translation that does not go step by step with the English card is left out.
 */
export function assemblePack(
  embedded: Pack,
  { version, contents }: { version: string; contents: readonly Compiled[] },
): Pack {
  const own = contents.flatMap((content) => (content.kind === 'card' ? [content.card] : []));
  const procedures = new Map(embedded.procedures);
  const translations = new Map(embedded.translations);
  for (const card of own.filter(isEnglish)) {
    procedures.set(card.id, card);
    translations.delete(card.id);
  }
  for (const card of own) {
    const english = procedures.get(card.id);
    if (isEnglish(card) || !english || !goesWith(card, english)) continue;
    translations.set(card.id, new Map(translations.get(card.id)).set(card.language, card));
  }
  const held = new Set<Procedure>([
    ...procedures.values(),
    ...[...translations.values()].flatMap((languages) => [...languages.values()]),
  ]);
  const isHeld = (document: string, language: string) => {
    const card = cardOf(embedded, document, language);
    return card !== undefined && held.has(card);
  };
  return {
    version,
    procedures,
    translations,
    passages: [
      ...embedded.passages.filter(({ document, language }) => isHeld(document, language)),
      ...own.filter((card) => held.has(card)).flatMap(passagesOf),
      ...contents.flatMap((content) => (content.kind === 'guide' ? content.passages : [])),
    ],
    atHand: true,
  };
}

/**
 * Whether one card can be spoken in another one's place from any step on: a call that changes its
 * language goes on where it was.
 */
export function goesWith(translation: Procedure, english: Procedure): boolean {
  return (
    translation.urgency === english.urgency &&
    translation.dangerToHelpers === english.dangerToHelpers &&
    translation.steps.length === english.steps.length &&
    translation.questions.length === english.questions.length
  );
}

function cardOf(pack: Pack, hazard: string, language: string): Procedure | undefined {
  if (language === BASE_LANGUAGE) return pack.procedures.get(hazard);
  return pack.translations.get(hazard)?.get(language);
}

function isEnglish({ language }: Procedure): boolean {
  return language === BASE_LANGUAGE;
}
