import { z } from 'zod';
import { CALL_ID, CALL_SID, startOfCall } from '../calls/ids.ts';
import { Timestamp } from '../calls/model.ts';
import { instant } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { sideBySide } from './side-by-side.ts';

const DEFAULT_PORTION = 5_000;
/** Removals side by side. */
const AT_ONCE = 10;

const Tombstone = z.object({ archived_at: Timestamp });

export interface CleanUpOptions {
  /** With a deadline of its own: all of `call_sids` is read, about 100 bytes for each call. */
  database: LiveDatabase;
  /** Milliseconds for which tombstones and CallSids are kept. */
  keep: number;
  /** Removals of each kind in one run, oldest first; the next run goes on. */
  portion?: number;
  /** The zone that is assumed for ids. */
  timeZone: string;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

export interface CleanedUp {
  tombstones: number;
  callSids: number;
}

/**
 * Removes what only guards against latecomers, once none can come any more: tombstones, and which
 * call a CallSid belongs to. What has been touched since it was read stays, and so does what can't
 * be dated. For a task that is later still, the archive itself says that the call is over.
 */
export function createCleanUp(options: CleanUpOptions) {
  const { database, keep, portion = DEFAULT_PORTION, timeZone, now, log } = options;

  return async function cleanUp(): Promise<CleanedUp> {
    const expiry = now() - keep;
    // The tombstone stays for as long as something leads to its call.
    const callSids = await removeEach(await oldCallSids(expiry), ({ callSid, callId }) =>
      removeWhere(live.callSid(callSid), (value) => value === callId),
    );
    const tombstones = await removeEach(await oldTombstones(expiry), (callId) =>
      removeWhere(live.tombstone(callId), (value) => {
        const { data } = Tombstone.safeParse(value);
        return data !== undefined && instant(data.archived_at) < expiry;
      }),
    );
    return { tombstones, callSids };
  };

  /** By the calls' ids, for their own times would have to be read one by one; oldest first. */
  async function oldTombstones(expiry: number): Promise<string[]> {
    const ids = (await database.keys(live.tombstones)).filter((id) => CALL_ID.test(id));
    return oldest(ids, (id) => id, expiry);
  }

  async function oldCallSids(expiry: number): Promise<{ callSid: string; callId: string }[]> {
    const { value } = await database.read(live.callSids);
    const known = Object.entries((value ?? {}) as Record<string, unknown>).flatMap(
      ([callSid, callId]) =>
        CALL_SID.test(callSid) && typeof callId === 'string' && CALL_ID.test(callId)
          ? [{ callSid, callId }]
          : [],
    );
    return oldest(known, ({ callId }) => callId, expiry);
  }

  function oldest<T>(entries: readonly T[], callIdOf: (entry: T) => string, expiry: number): T[] {
    return entries
      .map((entry) => ({ entry, start: startOfCall(callIdOf(entry), timeZone)?.toMillis() }))
      .filter(({ start }) => start !== undefined && start < expiry)
      .sort((a, b) => (a.start ?? 0) - (b.start ?? 0))
      .slice(0, portion)
      .map(({ entry }) => entry);
  }

  async function removeEach<T>(
    entries: readonly T[],
    remove: (entry: T) => Promise<boolean>,
  ): Promise<number> {
    let removed = 0;
    let failed = 0;
    let lastError: Error | undefined;
    await sideBySide(entries, AT_ONCE, async (entry) => {
      try {
        if (await remove(entry)) removed++;
      } catch (error) {
        failed++;
        lastError = asError(error);
      }
    });
    if (failed > 0) {
      log.error('Some of what is past its time could not be removed; the next run tries again.', {
        count: failed,
        error: lastError,
      });
    }
    return removed;
  }

  /** False where it is not as expected, or somebody has changed it meanwhile. */
  async function removeWhere(
    path: string,
    isExpected: (value: unknown) => boolean,
  ): Promise<boolean> {
    const { value, etag } = await database.read(path);
    return isExpected(value) && (await database.compareAndSet(path, etag, null)).done;
  }
}
