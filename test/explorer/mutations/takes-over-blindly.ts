import type { LiveDatabase } from '../../../functions/src/live-database.ts';
import { type Parts, PRODUCTION } from '../parts.ts';
import type { PlainWrites } from '../realtime-database.ts';

/** A takeover is written over whatever is there, and not by compare-and-set. */
export const takesOverBlindly: Parts = {
  ...PRODUCTION,
  createChangeCall: (given) => {
    const database = given as LiveDatabase & PlainWrites;
    return PRODUCTION.createChangeCall({
      ...database,
      compareAndSet: async (path, _, value) => {
        await database.put(path, value);
        return { done: true };
      },
    });
  },
};
