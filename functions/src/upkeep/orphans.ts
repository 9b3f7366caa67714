import { CONVERSATION_ID, startOfCall } from '../calls/ids.ts';
import { readConversation } from '../calls/live.ts';
import type { Conversation } from '../calls/model.ts';
import { instant } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { sideBySide } from './side-by-side.ts';

/** Conversations looked at in one run, and how many at once. */
const MOST_ORPHANS = 200;
const AT_ONCE = 10;
/** An id tells local time, and not of which zone: zones lie up to 26 hours apart (UTC-12 to +14). */
const ZONE_SPREAD = 26 * 60 * 60 * 1_000;

export interface OrphansOptions {
  database: LiveDatabase;
  settle: { settle(callId: string): Promise<void> };
  /** Milliseconds after its last message from which a conversation without a call is given up. */
  quietAfter: number;
  /** The zone that is assumed for ids. */
  timeZone: string;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Archives live conversations that have neither a call nor a tombstone: a writer died between the
 * words and the call, or somebody removed the call. The words go into the archive; the call's own
 * document is made when one of its late events comes. Those that have a tombstone are the sweep's.
 * Resolves to how many were archived.
 */
export function createOrphans(options: OrphansOptions) {
  const { database, settle, quietAfter, timeZone, now, log } = options;

  return async function settleOrphans(): Promise<number> {
    // In this order: words are written before their call, so that a new call is never missed.
    const conversations = await database.keys(live.conversations);
    const calls = new Set(await database.keys(live.calls));
    const orphans = conversations
      .filter((id) => CONVERSATION_ID.test(id))
      .map((id) => id.replace('conv_', 'call_'))
      .filter((callId) => !calls.has(callId));
    let settled = 0;
    await sideBySide(orphans.slice(0, MOST_ORPHANS), AT_ONCE, async (callId) => {
      if (await finish(callId)) settled++;
    });
    if (settled > 0) {
      log.error('Words without a call were archived: no call in the history leads to them.', {
        count: settled,
      });
    }
    return settled;
  };

  async function finish(callId: string): Promise<boolean> {
    try {
      const [tombstone, conversation] = await Promise.all([
        database.read(live.tombstone(callId)),
        database.read(live.conversation(callId.replace('call_', 'conv_'))),
      ]);
      if (tombstone.value !== null || conversation.value === null) return false;
      if (now() - lastHeard(callId, readConversation(conversation.value)) < quietAfter)
        return false;
      await settle.settle(callId);
      return true;
    } catch (error) {
      log.error(
        'A conversation without a call could not be archived; the next sweep tries again.',
        {
          error: asError(error),
        },
      );
      return false;
    }
  }

  /** Epoch milliseconds at which it can't have been quiet yet. */
  function lastHeard(callId: string, { messages }: Conversation): number {
    const times = Object.values(messages).map(({ timestamp }) => instant(timestamp));
    if (times.length > 0) return Math.max(...times);
    return (startOfCall(callId, timeZone)?.toMillis() ?? now()) + ZONE_SPREAD;
  }
}
