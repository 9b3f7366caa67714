import { z } from 'zod';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { sideBySide } from './side-by-side.ts';

const AT_ONCE = 10;

const Lease = z.object({ until: z.number() });

/**
 * Removes leases of edits that nobody gave back: they block nothing any more, but are named by their
 * calls. What has been taken over since it was read stays. Resolves to how many were removed.
 */
export function createOldEdits(options: {
  database: LiveDatabase;
  /** Epoch milliseconds. */
  now: () => number;
}) {
  const { database, now } = options;

  return async function removeOldEdits(): Promise<number> {
    let removed = 0;
    await sideBySide(await database.keys(live.callEdits), AT_ONCE, async (key) => {
      const { value, etag } = await database.read(live.callEdit(key));
      const isOver = value !== null && !((Lease.safeParse(value).data?.until ?? 0) > now());
      if (isOver && (await database.compareAndSet(live.callEdit(key), etag, null)).done) removed++;
    });
    return removed;
  };
}
