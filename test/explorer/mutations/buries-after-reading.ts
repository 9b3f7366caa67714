import type { createSettle } from '../../../functions/src/archive/settle.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

type Settle = ReturnType<typeof createSettle>;

/**
 * Settle writes the tombstone when it has read, merged and removed the call. (Written right after
 * the read it would do no harm that anybody could see: whoever writes between the read and the
 * tombstone makes the removal's compare-and-set fail, and settle begins again.)
 */
export const buriesAfterReading: Parts = {
  ...PRODUCTION,
  createSettle: (options) => {
    const { database } = options;
    async function buryLast(run: (settle: Settle) => Promise<void>): Promise<void> {
      let bury: (() => Promise<unknown>) | undefined;
      const create: typeof database.create = async (path, value) => {
        bury = () => database.create(path, value);
        return { done: true };
      };
      await run(PRODUCTION.createSettle({ ...options, database: { ...database, create } }));
      await bury?.();
    }
    return {
      ...PRODUCTION.createSettle(options),
      settle: (callId) => buryLast((settle) => settle.settle(callId)),
      settleDeleted: (callId, before) => buryLast((settle) => settle.settleDeleted(callId, before)),
    };
  },
};
