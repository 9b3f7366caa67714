import type { CallEvent } from '../../../functions/src/calls/model.ts';
import type { LiveDatabase } from '../../../functions/src/live-database.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

interface MergesOnly {
  mergeOnly(callId: string, events: readonly CallEvent[]): Promise<void>;
}

/**
 * A task that finds the tombstone before it has written anything merges its events, and does not
 * settle what its own first run may have left live.
 */
export const retriedTaskDoesNotSettle: Parts = {
  ...PRODUCTION,
  createSettle: (options) => {
    const mergeOnly: MergesOnly['mergeOnly'] = async (callId, events) => {
      await options.archive.merge(callId, { events });
    };
    return { ...PRODUCTION.createSettle(options), mergeOnly };
  },
  createMirror: (options) => ({
    apply: (batch) => {
      const settle = options.archive as typeof options.archive & MergesOnly;
      const { database, hasWritten } = noticesWrites(options.database);
      const archive = {
        ...settle,
        merge: (callId: string, events: readonly CallEvent[]) =>
          hasWritten() ? settle.merge(callId, events) : settle.mergeOnly(callId, events),
      };
      return PRODUCTION.createMirror({ ...options, database, archive }).apply(batch);
    },
  }),
};

/** The claim of a CallSid comes before the first look for the tombstone, and does not count. */
function noticesWrites(database: LiveDatabase) {
  let written = false;
  const notice = (path: string) => {
    if (path.startsWith('active_')) written = true;
  };
  const noticing: LiveDatabase = {
    ...database,
    create: (path, value) => {
      notice(path);
      return database.create(path, value);
    },
    compareAndSet: (path, etag, value) => {
      notice(path);
      return database.compareAndSet(path, etag, value);
    },
  };
  return { database: noticing, hasWritten: () => written };
}
