import { conversationId } from '../../../functions/src/calls/ids.ts';
import type { LiveDatabase } from '../../../functions/src/live-database.ts';
import { live } from '../../../functions/src/paths.ts';
import { type Parts, PRODUCTION } from '../parts.ts';
import type { PlainWrites } from '../realtime-database.ts';

/** A task that finds the tombstone removes the live copy by itself, before anybody merged it. */
export const lateTaskDeletes: Parts = {
  ...PRODUCTION,
  createMirror: (options) => {
    const database = options.database as LiveDatabase & PlainWrites;
    return PRODUCTION.createMirror({
      ...options,
      archive: {
        ...options.archive,
        merge: async (callId, events) => {
          await database.put(live.conversation(conversationId(callId)), null);
          await database.put(live.call(callId), null);
          await options.archive.merge(callId, events);
        },
      },
    });
  },
};
