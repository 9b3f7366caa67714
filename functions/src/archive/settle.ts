import { z } from 'zod';
import { conversationId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import { type CallEvent, Timestamp } from '../calls/model.ts';
import type { PastCall } from '../calls/past-call.ts';
import { inOrder } from '../calls/reduce.ts';
import { earlier, isoInZone } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase, Versioned } from '../live-database.ts';
import { live } from '../paths.ts';
import type { Archive } from './archive.ts';
import { UNKNOWN_END } from './document.ts';
import type { ArchivedCall } from './schema.ts';

/** Rounds in which writers may get in between; the trigger or task is run again after that. */
const MOST_ROUNDS = 12;

const Tombstone = z.object({ archived_at: Timestamp });

export interface SettleOptions {
  database: LiveDatabase;
  archive: Archive;
  /** Epoch milliseconds. */
  now: () => number;
  timeZone: string;
}

/**
 * The one way from live to archived. (1) the tombstone is written; (2) the live call and
 * conversation are read; (3) both are merged into Firestore; (4) the conversation, then the call,
 * are removed by compare-and-set against what was merged, and where either has changed it goes on
 * at (2). A crash between any two steps leaves something that runs it again: the trigger's or the
 * task's retry, or the sweeper, and each step does nothing where it was already done.
 */
export function createSettle({ database, archive, now, timeZone }: SettleOptions) {
  /** Steps 1 to 4: for a call that has ended. */
  async function settle(callId: string): Promise<void> {
    await bury(callId);
    await settleRest(callId);
  }

  /** Step 1. */
  async function bury(callId: string): Promise<void> {
    const archived_at = isoInZone(now(), timeZone);
    await database.create(live.tombstone(callId), { archived_at });
  }

  /** Steps 2 to 4: for a call that has a tombstone. */
  async function settleRest(callId: string): Promise<void> {
    const conversationPath = live.conversation(conversationId(callId));
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const [call, conversation] = await Promise.all([
        database.read(live.call(callId)),
        database.read(conversationPath),
      ]);
      if (call.value === null && conversation.value === null) return;
      await archive.merge(callId, {
        call: call.value === null ? undefined : readCall(call.value),
        messages:
          conversation.value === null ? [] : inOrder(readConversation(conversation.value).messages),
      });
      if (
        (await removed(conversationPath, conversation)) &&
        (await removed(live.call(callId), call))
      ) {
        return;
      }
    }
    throw new AuroraError(503, 'contended', 'The call kept changing while it was archived.');
  }

  async function removed(path: string, { value, etag }: Versioned): Promise<boolean> {
    return value === null || (await database.compareAndSet(path, etag, null)).done;
  }

  /**
   * For the delete trigger: a live copy that somebody removed is archived all the same. It is
   * merged whether or not there was a tombstone, which somebody else may have written meanwhile;
   * where settle removed the copy itself, that changes nothing.
   */
  async function settleDeleted(callId: string, before: unknown): Promise<void> {
    await bury(callId);
    await archive.merge(callId, { call: readCall(before) });
    await settleRest(callId);
  }

  /**
   * Late events of an archived call. Whatever is live of it goes into the archive before them: of
   * two copies of one message that was applied first, and stays. Throws a retryable error where
   * they belong to a call of which nothing but words has come yet.
   */
  async function merge(callId: string, events: readonly CallEvent[]): Promise<void> {
    await settle(callId);
    if (await archive.merge(callId, { events })) return;
    throw new AuroraError(503, 'call_not_archived_yet', 'The call is not archived yet: try again.');
  }

  /** What the mirror must know of a call that is over; undefined where nothing is archived. */
  async function past(callId: string): Promise<PastCall | undefined> {
    const call = await archive.call(callId);
    if (!call) return undefined;
    const conversation = await archive.conversation(conversationId(callId));
    const messageIds = new Set(conversation?.messages.map(({ id }) => id));
    return { endedAt: await endOf(callId, call), messageIds };
  }

  /**
   * An end that stays where it is: a call that was removed by hand counts as ended when it was buried,
   * for its last message moves with every late task.
   */
  async function endOf(callId: string, call: ArchivedCall): Promise<string> {
    const { value } = await database.read(live.tombstone(callId));
    const buriedAt = Tombstone.safeParse(value).data?.archived_at ?? call.ended_at;
    return call.end_reason === UNKNOWN_END ? buriedAt : earlier(call.ended_at, buriedAt);
  }

  return { settle, settleDeleted, merge, past };
}

export type Settle = ReturnType<typeof createSettle>;
