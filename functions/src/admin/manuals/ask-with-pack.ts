import type { AskWithPack } from './manuals-routes.ts';

/** What the rules make of the first words of a call; no model is asked. */
export const askWithPack: AskWithPack = async (pack, { text, language, emergencyNumber }) => {
  // Loaded when somebody tries a manual: no other request pays for it.
  const { createDialogue } = await import('../../assistant/dialogue/dialogue.ts');
  const situation = { urgency: 'NORMAL', language, emergency_number: emergencyNumber } as const;
  return createDialogue({ packs: { of: () => pack } }).consider([], { text }, situation).reply;
};
