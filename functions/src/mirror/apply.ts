import { conversationId } from '../calls/ids.ts';
import { readCall } from '../calls/live.ts';
import type { CallEvent, CallStarted } from '../calls/model.ts';
import { callFrom, foldCall } from '../calls/reduce.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { type KnownCallEvent, resolveCall } from './resolve.ts';

/** Events of a call that has neither a live copy nor a tombstone are old news after an hour. */
const OLD_NEWS = 60 * 60 * 1_000;
/** Tries at one compare-and-set before the task is run again. */
const CONTENTION_LIMIT = 12;

/** What the mirror needs of the archive. */
export interface LateEvents {
  /** Merges events into an archived call, then settles what is live of it. */
  merge(callId: string, events: readonly CallEvent[]): Promise<void>;
  holds(callId: string): Promise<boolean>;
}

export interface MirrorOptions {
  database: LiveDatabase;
  archive: LateEvents;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Brings a batch of events of one call into the Realtime Database. However often and in whatever
 * order batches come, the live copy is the fold of all of them: messages are created if absent,
 * the call's own fields change by compare-and-set, and no other path is touched (I3, I5). A call
 * that is archived is never made live again: the tombstone is looked for before the first write
 * and again after the last one, and where it stands the events go into the archive (I4).
 */
export function createMirror({ database, archive, now }: MirrorOptions) {
  async function apply(batch: readonly CallEvent[]): Promise<void> {
    const { callId, events } = await resolveCall(database, batch, now());
    const started = events.find((event) => event.type === 'call_started');
    if ((await isArchived(callId)) || (await isOldNews(callId, started))) {
      return archive.merge(callId, events);
    }
    if (started) await writeMessages(callId, events);
    await writeCall(callId, events, started);
    if (await isArchived(callId)) await archive.merge(callId, events);
  }

  async function isArchived(callId: string): Promise<boolean> {
    return (await database.read(live.tombstone(callId))).value !== null;
  }

  async function isOldNews(callId: string, started: CallStarted | undefined): Promise<boolean> {
    if (!started || now() - Date.parse(started.at) < OLD_NEWS) return false;
    const { value } = await database.read(live.call(callId));
    return value === null && (await archive.holds(callId));
  }

  async function writeMessages(callId: string, events: readonly KnownCallEvent[]): Promise<void> {
    const conversation = conversationId(callId);
    const writes = events.flatMap((event) => {
      if (event.type !== 'message_added') return [];
      const { id, ...stored } = event.message;
      return [database.create(live.message(conversation, id), stored)];
    });
    await Promise.all([database.create(live.conversationCall(conversation), callId), ...writes]);
  }

  async function writeCall(
    callId: string,
    events: readonly KnownCallEvent[],
    started: CallStarted | undefined,
  ): Promise<void> {
    const path = live.call(callId);
    let known = await database.read(path);
    for (let attempt = 0; attempt < CONTENTION_LIMIT; attempt++) {
      const before = known.value === null ? undefined : readCall(known.value);
      const base = before ?? (started && callFrom(started));
      if (!base) throw notYetLive();
      const after = events.reduce(foldCall, base);
      if (before && JSON.stringify(after) === JSON.stringify(before)) return;
      const outcome = await database.compareAndSet(path, known.etag, after);
      if (outcome.done) return;
      known = outcome;
    }
    throw new AuroraError(503, 'contended', 'Too many writers of one call at once.');
  }

  return { apply };
}

export type Mirror = ReturnType<typeof createMirror>;

function notYetLive(): AuroraError {
  return new AuroraError(503, 'call_not_live_yet', 'The call is not live yet: try again.');
}
