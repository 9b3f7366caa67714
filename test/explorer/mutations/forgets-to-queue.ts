import { type Parts, PRODUCTION } from '../parts.ts';

/** A supervisor's message is sent to the caller, and written nowhere. */
export const forgetsToQueue: Parts = {
  ...PRODUCTION,
  createMessages: (options) => PRODUCTION.createMessages({ ...options, apply: async () => {} }),
};
