import type { LiveDatabase } from '../../../functions/src/live-database.ts';
import { type Parts, PRODUCTION } from '../parts.ts';
import type { PlainWrites } from '../realtime-database.ts';

/** A step of a chain is claimed by writing it over whatever is there. */
export const claimsBlindly: Parts = {
  ...PRODUCTION,
  createChainStore: (given) => {
    const database = given as LiveDatabase & PlainWrites;
    return PRODUCTION.createChainStore({
      ...database,
      compareAndSet: async (path, _, value) => {
        await database.put(path, value);
        return { done: true };
      },
    });
  },
};
