import type { Assistant } from '../assistant.ts';
import { embeddedPack } from '../manual/embedded-pack.ts';
import type { Manuals } from '../manual/manual.ts';
import type { Pack, Packs } from '../manual/packs.ts';
import { createDialogue } from './dialogue.ts';

/** The assistant that needs nothing but the manuals: the dialogue of rules alone. */
export function createEmbeddedAssistant(
  from: { manuals: Manuals } | { pack: Pack } | { packs: Pick<Packs, 'of'> },
): Assistant {
  const dialogue = createDialogue({ packs: packsOf(from) });
  return {
    async reply(conversation, utterance, situation, options) {
      return dialogue.consider(conversation, utterance, situation, options?.stamp).reply;
    },
    card: dialogue.card,
  };
}

function packsOf(
  from: { manuals: Manuals } | { pack: Pack } | { packs: Pick<Packs, 'of'> },
): Pick<Packs, 'of'> {
  if ('packs' in from) return from.packs;
  const pack = 'pack' in from ? from.pack : embeddedPack(from.manuals);
  return { of: () => pack };
}
