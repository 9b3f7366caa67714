import { conversationId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import { type CallEvent, type CallStarted, type Heard, StoredMessage } from '../calls/model.ts';
import type { PastCall } from '../calls/past-call.ts';
import { callFrom, foldCall } from '../calls/reduce.ts';
import { heardIn, isUnspoken } from '../calls/spoken.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase, Versioned } from '../live-database.ts';
import { live } from '../paths.ts';
import {
  asContinuation,
  continuationOf,
  followsOn,
  goesOn,
  unseenMessages,
} from './continuation.ts';
import { type KnownCallEvent, resolveCall } from './resolve.ts';

/** Events of a call that has neither a live copy nor a tombstone are old news after an hour. */
const OLD_NEWS = 60 * 60 * 1_000;
/** Events whose call is not live so long after they happened wait for nothing. */
const NOT_COMING = 60 * 60 * 1_000;
/** Tries at one compare-and-set before the task is run again. */
const CONTENTION_LIMIT = 12;
/** Calls that one call may be continued by, one after the other. */
const MOST_CONTINUATIONS = 100;

/** What the mirror needs of the archive. */
export interface LateEvents {
  /** Merges events into an archived call, then settles what is live of it. */
  merge(callId: string, events: readonly CallEvent[]): Promise<void>;
  /** What is archived of a call; undefined where nothing is. */
  past(callId: string): Promise<PastCall | undefined>;
}

export interface MirrorOptions {
  database: LiveDatabase;
  archive: LateEvents;
  /** Epoch milliseconds. */
  now: () => number;
}

interface Batch {
  callId: string;
  events: KnownCallEvent[];
}

/**
 * Brings a batch of events of one call into the Realtime Database. However often and in whatever
 * order batches come, the live copy is the fold of all of them: messages are created if absent,
 * the call's own fields change by compare-and-set, and no other path is touched (I3, I5). A call
 * that is archived is never made live again: the tombstone is looked for before the first write
 * and again after the last one, and where it stands the events go into the archive (I4). Words that
 * are said after the end open a call that continues the ended one.
 */
export function createMirror({ database, archive, now }: MirrorOptions) {
  async function apply(events: readonly CallEvent[]): Promise<void> {
    let batch: Batch = await resolveCall(database, events, now());
    for (let step = 0; step < MOST_CONTINUATIONS; step++) {
      const [tombstone, call] = await Promise.all([
        database.read(live.tombstone(batch.callId)),
        database.read(live.call(batch.callId)),
      ]);
      const past = await pastOf(batch, tombstone.value !== null, call.value);
      if (past && (await continues(batch, past))) {
        batch = asContinuation(batch.events, batch.callId, past);
      } else if (tombstone.value !== null || (past && call.value === null)) {
        return archive.merge(batch.callId, batch.events);
      } else {
        return write(batch, call);
      }
    }
    throw new AuroraError(400, 'continued_too_often', 'A call has too many continuations.', {
      retryable: false,
    });
  }

  /** What is over of the call: archived, ended and still live, or undefined where it goes on. */
  async function pastOf(
    { callId, events }: Batch,
    buried: boolean,
    liveValue: unknown,
  ): Promise<PastCall | undefined> {
    if (liveValue !== null && !buried) {
      const call = readCall(liveValue);
      if (call.status === 'ACTIVE') return undefined;
      const { value } = await database.read(live.conversation(conversationId(callId)));
      const ids = value === null ? [] : Object.keys(readConversation(value).messages);
      return { endedAt: call.ended_at ?? call.last_message_at, messageIds: new Set(ids) };
    }
    if (buried || isOldNews(events)) return archive.past(callId);
    return undefined;
  }

  function isOldNews(events: readonly KnownCallEvent[]): boolean {
    const started = startOf(events);
    return started !== undefined && now() - Date.parse(started.at) >= OLD_NEWS;
  }

  async function continues({ callId, events }: Batch, past: PastCall): Promise<boolean> {
    if (goesOn(events, past)) return true;
    const next = continuationOf(callId);
    if (followsOn(events, past)) return (await database.read(live.call(next))).value !== null;
    // An end may become known, or move, after words were put behind it: where they are, they stay.
    const unseen = unseenMessages(events, past);
    if (unseen.length === 0) return false;
    const { value } = await database.read(live.conversation(conversationId(next)));
    return value !== null && unseen.some((id) => id in readConversation(value).messages);
  }

  async function write({ callId, events }: Batch, call: Versioned): Promise<void> {
    const started = startOf(events);
    if (started) await writeMessages(callId, events);
    await writeCall(callId, events, started, call);
    const { value } = await database.read(live.tombstone(callId));
    if (value !== null) await archive.merge(callId, events);
  }

  async function writeMessages(callId: string, events: readonly KnownCallEvent[]): Promise<void> {
    const conversation = conversationId(callId);
    const writes = events.flatMap((event) => {
      if (event.type !== 'message_added') return [];
      const { id, ...stored } = event.message;
      return [database.create(live.message(conversation, id), stored)];
    });
    await Promise.all([database.create(live.conversationCall(conversation), callId), ...writes]);
    await Promise.all(heardIn(events).map((heard) => markUnspoken(conversation, heard)));
  }

  /** By compare-and-set: a message that is archived meanwhile is not written again. */
  async function markUnspoken(conversation: string, heard: Heard): Promise<void> {
    const path = live.message(conversation, heard.id);
    const { value, etag } = await database.read(path);
    const message = StoredMessage.safeParse(value);
    if (!message.success || !isUnspoken(message.data, heard)) return;
    await database.compareAndSet(path, etag, { ...message.data, spoken: false });
  }

  async function writeCall(
    callId: string,
    events: readonly KnownCallEvent[],
    started: CallStarted | undefined,
    read: Versioned,
  ): Promise<void> {
    let known = read;
    for (let attempt = 0; attempt < CONTENTION_LIMIT; attempt++) {
      const before = known.value === null ? undefined : readCall(known.value);
      const base = before ?? (started && callFrom(started));
      if (!base) throw notYetLive(events, now());
      const after = events.reduce(foldCall, base);
      if (before && JSON.stringify(after) === JSON.stringify(before)) return;
      const outcome = await database.compareAndSet(live.call(callId), known.etag, after);
      if (outcome.done) return;
      known = outcome;
    }
    throw new AuroraError(503, 'contended', 'Too many writers of one call at once.');
  }

  return { apply };
}

export type Mirror = ReturnType<typeof createMirror>;

function startOf(events: readonly KnownCallEvent[]): CallStarted | undefined {
  return events.find((event) => event.type === 'call_started');
}

/** A call that is not live after an hour is not coming: its beginning was lost with an instance. */
function notYetLive(events: readonly CallEvent[], now: number): AuroraError {
  return new AuroraError(503, 'call_not_live_yet', 'The call is not live yet: try again.', {
    retryable: events.some((event) => now - Date.parse(timeOf(event)) < NOT_COMING),
  });
}

/** When it happened, ISO 8601. */
export function timeOf(event: CallEvent): string {
  switch (event.type) {
    case 'message_added':
      return event.message.timestamp;
    case 'urgency_changed':
      return event.by.at;
    case 'help_dispatched':
      return event.dispatch.at;
    case 'timeline_added':
      return event.entry.at;
    default:
      return event.at;
  }
}
