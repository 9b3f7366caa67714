import { stored } from '../../../functions/src/paths.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

/** Takes the mark away before the call is counted: a crash in between, and nobody counts it. */
export const countsWithoutAMark: Parts = {
  ...PRODUCTION,
  createCounting: (options) => {
    const counting = PRODUCTION.createCounting(options);
    const { firestore } = options;
    async function count(callId: string): Promise<boolean> {
      const mark = firestore.doc(stored.uncountedCall(callId));
      const known = await mark.get();
      if (!known.exists) return false;
      await firestore.runTransaction(async (transaction) => {
        transaction.delete(mark);
      });
      await firestore.runTransaction(async (transaction) => {
        transaction.set(mark, known.data() ?? {});
      });
      return counting.count(callId);
    }
    return {
      ...counting,
      count,
      async countSoon(callId) {
        await count(callId).catch(() => {});
      },
    };
  },
};
