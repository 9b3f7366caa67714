import { recount } from '../../../functions/src/insights/tallies.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

/** Counts a call whenever it is archived, without looking at what it was counted as before. */
export const countsEachTime: Parts = {
  ...PRODUCTION,
  createCounting: (options) => {
    const counting = PRODUCTION.createCounting(options);
    const { firestore } = options;
    return {
      ...counting,
      async countSoon(callId) {
        const { contribution } = await counting.read(callId);
        await firestore.runTransaction(async (transaction) =>
          recount(firestore, transaction, undefined, contribution),
        );
      },
    };
  },
};
