import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { sideBySide } from './side-by-side.ts';

const AT_ONCE = 10;
/** Removals in one run; the next run goes on. */
const DEFAULT_PORTION = 20_000;

export interface OldEntry {
  path: string;
  /** Asked again of what stands there when it is removed: it may have been renewed meanwhile. */
  isOld: (value: unknown) => boolean;
}

export interface RemoveOldOptions {
  database: LiveDatabase;
  portion?: number | undefined;
  log: Log;
  /** What the log says when some could not be removed. */
  failed: string;
}

/** Removes what is past its time, each by compare-and-set. Resolves to how much was removed. */
export async function removeOld(
  entries: readonly OldEntry[],
  { database, portion = DEFAULT_PORTION, log, failed }: RemoveOldOptions,
): Promise<number> {
  let removed = 0;
  let failures = 0;
  let lastError: Error | undefined;
  await sideBySide(entries.slice(0, portion), AT_ONCE, async ({ path, isOld }) => {
    try {
      const { value, etag } = await database.read(path);
      if (isOld(value) && (await database.compareAndSet(path, etag, null)).done) removed++;
    } catch (error) {
      failures++;
      lastError = asError(error);
    }
  });
  if (failures > 0) log.error(failed, { count: failures, error: lastError });
  return removed;
}
