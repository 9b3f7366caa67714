import { z } from 'zod';
import { conversationId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import { type CallEvent, Timestamp } from '../calls/model.ts';
import type { PastCall } from '../calls/past-call.ts';
import { inOrder } from '../calls/reduce.ts';
import { earlier, isoInZone } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import { changeAt, type LiveDatabase, type Versioned } from '../live-database.ts';
import { live } from '../paths.ts';
import type { Archive } from './archive.ts';
import type { Arrival } from './arrival.ts';
import { UNKNOWN_END } from './document.ts';
import type { ArchivedCall } from './schema.ts';

/** Rounds in which writers may get in between; the trigger or task is run again after that. */
const MOST_ROUNDS = 12;

const Tombstone = z.object({
  archived_at: Timestamp,
  /** Since when nothing of the call is kept: what comes late is dropped. */
  erased_at: Timestamp.optional(),
});

export interface SettleOptions {
  database: LiveDatabase;
  archive: Archive;
  /** Epoch milliseconds. */
  now: () => number;
  timeZone: string;
  /**
   * Counts a call that has changed in the archive; never rejects. Absent: whatever looks after the
   * calls that are not counted yet does.
   */
  count?: (callId: string) => Promise<void>;
}

/**
 * The one way from live to archived. (1) the tombstone is written; (2) the live call and
 * conversation are read; (3) both are merged into Firestore; (4) the conversation, then the call,
 * are removed by compare-and-set against what was merged, and where either has changed it goes on
 * at (2). A crash between any two steps leaves something that runs it again: the trigger's or the
 * task's retry, or the sweeper, and each step does nothing where it was already done. Last of all the
 * call is counted, which nothing depends on.
 */
export function createSettle({ database, archive, now, timeZone, ...options }: SettleOptions) {
  const { count = async () => {} } = options;

  /** Steps 1 to 4: for a call that has ended. */
  async function settle(callId: string): Promise<void> {
    await settleRest(callId, await bury(callId));
    await count(callId);
  }

  /** Step 1. */
  async function bury(callId: string): Promise<Grave> {
    const archived_at = isoInZone(now(), timeZone);
    const outcome = await database.create(live.tombstone(callId), { archived_at });
    const isErased = !outcome.done && Tombstone.safeParse(outcome.value).data?.erased_at;
    return { isErased: Boolean(isErased) };
  }

  /** Steps 2 to 4: for a call that has a tombstone. */
  async function settleRest(callId: string, { isErased }: Grave): Promise<void> {
    const conversationPath = live.conversation(conversationId(callId));
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const [call, conversation] = await Promise.all([
        database.read(live.call(callId)),
        database.read(conversationPath),
      ]);
      if (call.value === null && conversation.value === null) return;
      if (!isErased) await archive.merge(callId, copiesOf(call, conversation));
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
    const grave = await bury(callId);
    if (!grave.isErased) await archive.merge(callId, { call: readCall(before) });
    await settleRest(callId, grave);
    await count(callId);
  }

  /**
   * Late events of an archived call. Whatever is live of it goes into the archive before them: of
   * two copies of one message that was applied first, and stays. Throws a retryable error where
   * they belong to a call of which nothing but words has come yet.
   */
  async function merge(callId: string, events: readonly CallEvent[]): Promise<void> {
    const grave = await bury(callId);
    await settleRest(callId, grave);
    if (grave.isErased || (await archive.merge(callId, { events }))) return count(callId);
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

  /**
   * For an erasure: what comes late of the call is dropped from now on. A call whose tombstone has
   * had its time gets none, for nothing can come any more.
   */
  async function drop(callId: string): Promise<void> {
    await change(callId, (tombstone) => ({ ...tombstone, erased_at: isoInZone(now(), timeZone) }));
  }

  /** Takes back `drop`, for a call that is kept after all. */
  async function keep(callId: string): Promise<void> {
    await change(callId, ({ archived_at }) => ({ archived_at }));
  }

  async function change(
    callId: string,
    to: (tombstone: z.infer<typeof Tombstone>) => z.infer<typeof Tombstone>,
  ): Promise<void> {
    await changeAt(database, live.tombstone(callId), MOST_ROUNDS, (value) => {
      const { data } = Tombstone.safeParse(value);
      return data ? to(data) : value;
    });
  }

  return { settle, settleDeleted, merge, past, drop, keep };
}

interface Grave {
  isErased: boolean;
}

/** What is live of a call. */
function copiesOf({ value: call }: Versioned, { value: conversation }: Versioned): Arrival {
  return {
    call: call === null ? undefined : readCall(call),
    messages: conversation === null ? [] : inOrder(readConversation(conversation).messages),
  };
}

export type Settle = ReturnType<typeof createSettle>;
