import type { LiveDatabase } from '../../../functions/src/live-database.ts';
import { live } from '../../../functions/src/paths.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

/** Settle writes the tombstone when it has read the live call, not before. */
export const buriesAfterReading: Parts = {
  ...PRODUCTION,
  createSettle: (options) => {
    const proper = PRODUCTION.createSettle(options);
    const late = () =>
      PRODUCTION.createSettle({ ...options, database: createsAfterReading(options.database) });
    return { ...proper, settle: (callId) => late().settle(callId) };
  },
};

/** Puts the creation of a tombstone off until both halves of the call have been read. */
function createsAfterReading(database: LiveDatabase): LiveDatabase {
  let putOff: (() => Promise<unknown>) | undefined;
  const reads: Promise<unknown>[] = [];
  return {
    ...database,
    create: async (path, value) => {
      if (!path.startsWith(live.tombstones)) return database.create(path, value);
      putOff = () => database.create(path, value);
      return { done: true };
    },
    read: async (path) => {
      const read = database.read(path);
      reads.push(read);
      await Promise.resolve();
      await Promise.all(reads);
      const create = putOff;
      putOff = undefined;
      await create?.();
      return read;
    },
  };
}
