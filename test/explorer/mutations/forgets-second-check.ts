import type { LiveDatabase } from '../../../functions/src/live-database.ts';
import { live } from '../../../functions/src/paths.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

/** The mirror does not look for the tombstone again after it has written. */
export const forgetsSecondCheck: Parts = {
  ...PRODUCTION,
  createMirror: (options) => ({
    apply: (batch) =>
      PRODUCTION.createMirror({ ...options, database: seesTombstoneOnce(options.database) }).apply(
        batch,
      ),
  }),
};

function seesTombstoneOnce(database: LiveDatabase): LiveDatabase {
  let looked = false;
  return {
    ...database,
    read: async (path) => {
      if (!path.startsWith(live.tombstones)) return database.read(path);
      if (looked) return { value: null, etag: 'null_etag' };
      looked = true;
      return database.read(path);
    },
  };
}
