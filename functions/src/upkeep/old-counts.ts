import type { LiveDatabase } from '../live-database.ts';

/** Tries at one hour's counters, which nobody changes any more. */
const MOST_TRIES = 3;

/** Removes what was counted in past hours, each hour at once. Resolves to how many hours. */
export function createOldCounts(options: {
  database: LiveDatabase;
  /** Where the hours are. */
  path: string;
  isOld: (hour: string, now: number) => boolean;
  /** Epoch milliseconds. */
  now: () => number;
}) {
  const { database, path, isOld, now } = options;

  return async function removeOldCounts(): Promise<number> {
    const hours = await database.keys(path);
    let removed = 0;
    for (const hour of hours.filter((each) => isOld(each, now()))) {
      if (await remove(`${path}/${hour}`)) removed++;
    }
    return removed;
  };

  async function remove(place: string): Promise<boolean> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const { etag } = await database.read(place);
      if ((await database.compareAndSet(place, etag, null)).done) return true;
    }
    return false;
  }
}
