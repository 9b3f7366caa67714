import { type Parts, PRODUCTION } from '../parts.ts';

/** A turn whose link says that a supervisor has the call is answered like any other. */
export const speaksWhileHeld: Parts = {
  ...PRODUCTION,
  createVoice: (options) => {
    const voice = PRODUCTION.createVoice(options);
    return {
      ...voice,
      processSpeech: (parameters, link, signal) =>
        voice.processSpeech(parameters, link && { ...link, heldUntil: undefined }, signal),
    };
  },
};
