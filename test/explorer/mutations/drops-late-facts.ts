import { type Parts, PRODUCTION } from '../parts.ts';

/** What a late turn tells of the incident is not taken into the archive. */
export const dropsLateFacts: Parts = {
  ...PRODUCTION,
  createSettle: (options) => {
    const settle = PRODUCTION.createSettle(options);
    return {
      ...settle,
      merge: (callId, events) =>
        settle.merge(
          callId,
          events.filter(({ type }) => type !== 'facts_reported'),
        ),
    };
  },
};
