import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { Asked } from '../paging/paged-people.ts';
import { live } from '../paths.ts';
import { removeOld } from './remove-old.ts';

/** Milliseconds for which it is remembered what somebody was asked: an answer by SMS may be late. */
const KEPT = 48 * 60 * 60_000;

/** Forgets what people on call were asked, once nothing of it is new. Resolves to how many. */
export function createOldPagedPeople(options: {
  database: LiveDatabase;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}) {
  const { database, now, log } = options;

  function isOld(value: unknown): boolean {
    if (value === null) return false;
    const asked = Asked.safeParse(value).data;
    return !asked || Object.values(asked.calls).every(({ at }) => now() - at >= KEPT);
  }

  return async function removeOldPagedPeople(): Promise<number> {
    const { value } = await database.read(live.pagedPeople);
    const old = Object.entries((value ?? {}) as Record<string, unknown>)
      .filter(([, each]) => isOld(each))
      .map(([key]) => ({ path: live.pagedPerson(key), isOld }));
    const failed =
      'What people on call were asked could not be forgotten; the next run tries again.';
    return removeOld(old, { database, log, failed });
  };
}
