import { type Parts, PRODUCTION } from '../parts.ts';

/** A turn is answered without waiting for the outbox's word. */
export const answersBeforeOutbox: Parts = {
  ...PRODUCTION,
  createTurns: (options) =>
    PRODUCTION.createTurns({
      ...options,
      outbox: {
        send: async (events, receipt) => {
          void options.outbox.send(events, receipt);
          return true;
        },
      },
    }),
};
