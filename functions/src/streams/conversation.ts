import type { Database } from 'firebase-admin/database';
import { maySee } from '../access/visibility.ts';
import { type CallView, viewCall, viewConversation } from '../admin/views.ts';
import type { Call, Message } from '../calls/model.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { within } from '../within.ts';
import {
  type ArchivedCopy,
  type ArchiveReader,
  awaitArchived,
  PAUSES,
  readArchived,
} from './archived-copy.ts';
import { type LiveConversation, listenToConversation } from './live-conversation.ts';
import type { Running } from './shared.ts';
import { sseEvent } from './sse.ts';
import { type Ahead, createTranscript } from './transcript.ts';
import type { Watcher } from './watcher.ts';

export interface FollowedConversation {
  /** Resolves when it is known what there is; false: no such call. Rejects when nobody can say. */
  exists: Promise<boolean>;
  /** Undefined where there is none. */
  call(): CallView | undefined;
  /** Sends what the client lacks, and from then on what changes. */
  watch(watcher: Watcher, cursor: string | undefined): void;
}

const NOT_FOUND = {
  code: 'not_found',
  message: 'There is no such call, or it is not one that you may see (any more).',
};
const UNAVAILABLE = {
  code: 'unavailable',
  message: 'What came of the call cannot be read yet. Open the stream again with the last id.',
};

/** Milliseconds after which clients ask again for what the archive did not have. */
const RETRY_LATER = 5_000;

/** Milliseconds that the databases are given to say what there is. */
const PATIENCE = { realtimeDatabase: 1_000, firestore: 5_000 };

export interface FollowOptions {
  database: Database;
  archive: ArchiveReader;
  log: Log;
  /** Milliseconds between looks for what was just archived; default: about 30 s in all. */
  pauses?: readonly number[];
}

/**
 * One conversation as all its watchers on this instance see it: listened to once, written once for
 * all. While it is live it comes from the Realtime Database. When the live copy has gone, the rest
 * comes from the archive, and the streams end. The archive is read only after the live copy went:
 * a call is written there before it is removed, so in this order no moment is missed.
 */
export function followConversation(
  conversationId: string,
  { database, archive, log, pauses = PAUSES }: FollowOptions,
): Running<FollowedConversation> {
  const callId = conversationId.replace(/^conv_/, 'call_');
  const transcript = createTranscript(conversationId);
  const watchers = new Map<Watcher, Ahead>();
  /** Held back at first: what the archive has stands before it. */
  let early: Message[] | undefined = [];
  let liveCall: Call | undefined;
  let past: ArchivedCopy | undefined;
  let isOver = false;
  let finishing = new AbortController();
  let initial: { cursor: string; frame: Buffer } | undefined;

  const listening: LiveConversation = listenToConversation(
    database,
    { callId, conversationId },
    {
      call(call) {
        const isGone = liveCall !== undefined && call === undefined;
        liveCall = call;
        if (early || isOver) return;
        if (isGone) void finish();
        else if (call) {
          finishing.abort();
          show();
        }
      },
      message(message) {
        if (early) early.push(message);
        else if (!isOver) say(transcript.take([message]));
      },
    },
    log,
  );

  async function open(): Promise<boolean> {
    const buried = database.ref(live.tombstone(callId)).get();
    const [tombstone] = await within(
      PATIENCE.realtimeDatabase,
      Promise.all([buried, listening.known]),
    );
    if (liveCall === undefined)
      past = await within(PATIENCE.firestore, readArchived(archive, callId));
    // A live copy of what is archived already holds late events only.
    else if (tombstone.exists()) {
      past = await within(PATIENCE.realtimeDatabase, readArchived(archive, callId)).catch(
        () => undefined,
      );
    }
    transcript.take(past?.conversation?.messages ?? []);
    transcript.take(early ?? []);
    early = undefined;
    const view = viewCall(callId, { live: liveCall, archived: past?.call });
    if (!view) return false;
    transcript.show(view);
    isOver = liveCall === undefined;
    return true;
  }

  function watch(watcher: Watcher, cursor: string | undefined): void {
    const { stream } = watcher;
    if (!lets(watcher)) return;
    const resumed = cursor === undefined ? undefined : transcript.resume(cursor);
    if (!resumed) {
      stream.write(initialFrame());
    } else {
      const { missing, callChanged, call, ahead } = resumed;
      if (missing.length > 0) {
        stream.write(
          frame('new_messages', { messages: missing }, transcript.cursorWith(ahead, call)),
        );
      }
      if (callChanged && !isOver) {
        stream.write(frame('call', { call: transcript.call() }, transcript.cursorWith(ahead)));
      }
    }
    if (isOver) {
      stream.end(endFrame());
      return;
    }
    watchers.set(watcher, resumed?.ahead ?? new Map());
    const stopLooking = watcher.standing.onChange(() => void lets(watcher));
    stream.onClose(() => {
      watchers.delete(watcher);
      stopLooking();
    });
  }

  /** Closes the stream of a watcher who may not (any more) see the call (I6). */
  function lets({ stream, standing }: Watcher): boolean {
    const now = standing.now();
    if (now?.viewer && maySee(now.viewer, transcript.call())) return stream.isOpen();
    stream.fail(now?.refusal ?? NOT_FOUND);
    return false;
  }

  /** Sends messages, in one text to all who have everything else. */
  function say(messages: readonly Message[]): void {
    if (messages.length === 0) return;
    const forAll = frame('new_messages', { messages }, transcript.cursor());
    for (const [{ stream }, ahead] of [...watchers]) {
      if (ahead.size === 0) {
        stream.write(forAll);
        continue;
      }
      const lacked = transcript.lackedBy(ahead, messages);
      if (lacked.length === 0) continue;
      stream.write(frame('new_messages', { messages: lacked }, transcript.cursorWith(ahead)));
    }
  }

  function show(): void {
    const view = viewCall(callId, { live: liveCall, archived: past?.call });
    if (!view || !transcript.show(view)) return;
    const forAll = frame('call', { call: view }, transcript.cursor());
    for (const [watcher, ahead] of [...watchers]) {
      if (!lets(watcher)) continue;
      const own = ahead.size === 0 ? forAll : undefined;
      watcher.stream.write(own ?? frame('call', { call: view }, transcript.cursorWith(ahead)));
    }
  }

  async function finish(): Promise<void> {
    finishing = new AbortController();
    const { signal } = finishing;
    const found = await awaitArchived(archive, callId, { pauses, signal, log });
    if (signal.aborted) return;
    isOver = true;
    if (!found) {
      log.error('A call that was live is not in the archive; its streams were closed.');
      for (const [{ stream }] of [...watchers]) stream.fail(UNAVAILABLE, RETRY_LATER);
      return;
    }
    past = found;
    const view = viewCall(callId, { live: undefined, archived: found.call });
    if (view) transcript.show(view);
    for (const [watcher] of [...watchers]) lets(watcher);
    say(transcript.take(found.conversation?.messages ?? []));
    const ended = endFrame();
    for (const [{ stream }] of [...watchers]) stream.end(ended);
  }

  function initialFrame(): Buffer {
    const cursor = transcript.cursor();
    if (initial?.cursor !== cursor) {
      const conversation = viewConversation(conversationId, callId, {
        live: undefined,
        archived: undefined,
      });
      const messages = transcript.messages();
      const data = {
        call: transcript.call(),
        conversation: {
          ...conversation,
          messages,
          total_messages: messages.length,
          archived_at: past?.conversation?.archived_at ?? null,
        },
      };
      initial = { cursor, frame: frame('initial', data, cursor) };
    }
    return initial.frame;
  }

  function endFrame(): Buffer {
    return frame('ended', { call: transcript.call() }, transcript.cursor());
  }

  const exists = open();
  exists.catch(() => {});
  return {
    value: { exists, call: transcript.call, watch },
    stop() {
      finishing.abort();
      listening.stop();
    },
  };
}

function frame(event: string, data: unknown, id: string): Buffer {
  return Buffer.from(sseEvent({ id, event, data: JSON.stringify(data) }));
}
