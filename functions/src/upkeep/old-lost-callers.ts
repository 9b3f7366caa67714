import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { LostCaller } from '../lost-callers/record.ts';
import { live } from '../paths.ts';
import { removeOld } from './remove-old.ts';

/** Milliseconds for which it is remembered what became of a caller: a late callback may still come. */
const KEPT = 48 * 60 * 60_000;

/**
 * Forgets callers who were followed, and those who were silent: their calls keep what was done. One
 * who is still being followed stays. Resolves to how many.
 */
export function createOldLostCallers(options: {
  database: LiveDatabase;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}) {
  const { database, now, log } = options;

  function isOld(value: unknown): boolean {
    if (value === null) return false;
    const lost = LostCaller.safeParse(value).data;
    if (!lost) return true;
    if (lost.state === 'open') return false;
    return now() - (lost.closed_at ?? lost.due_at) >= KEPT;
  }

  return async function removeOldLostCallers(): Promise<number> {
    const { value } = await database.read(live.lostCallers);
    const old = Object.entries((value ?? {}) as Record<string, unknown>)
      .filter(([, each]) => isOld(each))
      .map(([callId]) => ({ path: live.lostCaller(callId), isOld }));
    const failed = 'Callers who were lost could not be forgotten; the next run tries again.';
    return removeOld(old, { database, log, failed });
  };
}
