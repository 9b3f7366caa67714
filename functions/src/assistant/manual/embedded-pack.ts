import { loadManuals, type Manuals } from './manual.ts';
import type { Pack } from './packs.ts';
import { passagesOf } from './passages.ts';

/** The pack of the procedures that ship with the code: what holds where a company has no own. */
export function embeddedPack(manuals: Manuals = loadManuals()): Pack {
  const { procedures, translations, hash } = manuals;
  const cards = [
    ...procedures.values(),
    ...[...translations.values()].flatMap((languages) => [...languages.values()]),
  ];
  return {
    version: `embedded@${hash}`,
    procedures,
    translations,
    passages: cards.flatMap(passagesOf),
    atHand: true,
  };
}
