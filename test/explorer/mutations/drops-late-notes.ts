import { type Parts, PRODUCTION } from '../parts.ts';

/** What a supervisor notes is not taken into the archive where the call is over already. */
export const dropsLateNotes: Parts = {
  ...PRODUCTION,
  createSettle: (options) => {
    const settle = PRODUCTION.createSettle(options);
    return {
      ...settle,
      merge: (callId, events) =>
        settle.merge(
          callId,
          events.filter(({ type }) => type !== 'call_noted'),
        ),
    };
  },
};
