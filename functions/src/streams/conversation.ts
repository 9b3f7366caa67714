import type { Database } from 'firebase-admin/database';
import { type CallView, viewCall } from '../admin/views.ts';
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
import { createConversationAudience } from './conversation-audience.ts';
import { listenToConversation } from './live-conversation.ts';
import type { Running } from './shared.ts';
import type { Watcher } from './watcher.ts';

export interface FollowedConversation {
  /** Resolves when it is known what there is; false: no such call. Rejects when nobody can say. */
  exists: Promise<boolean>;
  /** Undefined where there is none. */
  call(): CallView | undefined;
  /** Sends what the client lacks, and from then on what changes. */
  watch(watcher: Watcher, cursor: string | undefined): void;
}

/** Milliseconds that the databases are given to say what there is. */
const PATIENCE = { realtimeDatabase: 1_000, firestore: 5_000 };

export interface FollowOptions {
  database: Database;
  archive: ArchiveReader;
  log: Log;
  /** Milliseconds between looks for what was just archived; default: about 30 s in all. */
  pauses?: readonly number[] | undefined;
}

/**
 * One conversation as all who watch it on this instance see it: listened to once, written once for
 * all. While it is live it comes from the Realtime Database. When the live copy has gone, the rest
 * comes from the archive, and the streams end. The archive is read only after the live copy went:
 * a call is written there before it is removed, so in this order no moment is missed.
 */
export function followConversation(
  conversationId: string,
  { database, archive, log, pauses = PAUSES }: FollowOptions,
): Running<FollowedConversation> {
  const callId = conversationId.replace(/^conv_/, 'call_');
  const audience = createConversationAudience(conversationId, callId);
  let state: 'opening' | 'live' | 'over' | 'failed' = 'opening';
  let liveCall: Call | undefined;
  /** Messages are held back while it opens: what the archive has stands before them. */
  const early: Message[] = [];
  let past: ArchivedCopy | undefined;
  let finishing = new AbortController();

  const listening = listenToConversation(
    database,
    { callId, conversationId },
    {
      call(call) {
        const isGone = liveCall !== undefined && call === undefined;
        liveCall = call;
        if (state !== 'live') return;
        if (isGone) void finish();
        if (!call) return;
        finishing.abort();
        audience.show(view());
      },
      message(message) {
        if (state === 'opening') early.push(message);
        if (state === 'live') audience.say([message]);
      },
      broke: fail,
    },
    log,
  );

  async function open(): Promise<boolean> {
    const [tombstone] = await within(
      PATIENCE.realtimeDatabase,
      // Asked after the live copy is listened to: where there is none yet, that copy is whole.
      Promise.all([database.ref(live.tombstone(callId)).get(), listening.known]),
    );
    if (!liveCall || tombstone.exists()) past = await archivedBeside();
    if (!liveCall && !past) return false;
    const { messages = [], archived_at = null } = past?.conversation ?? {};
    audience.begin(view(), [...messages, ...early], archived_at);
    state = liveCall ? 'live' : 'over';
    return true;
  }

  /**
   * A live copy of what is archived already holds late events only; it is shown alone where the
   * archive can't be read. What was read while it went may lack what it brought: it is read again.
   */
  async function archivedBeside(): Promise<ArchivedCopy | undefined> {
    for (;;) {
      const wasLive = liveCall !== undefined;
      const reading = within(PATIENCE.firestore, readArchived(archive, callId));
      const found = await (wasLive ? reading.catch(() => undefined) : reading);
      if (!wasLive || liveCall) return found;
    }
  }

  /** The live copy has gone. */
  async function finish(): Promise<void> {
    finishing = new AbortController();
    const { signal } = finishing;
    const found = await awaitArchived(archive, callId, { pauses, signal, log });
    if (signal.aborted) return;
    if (!found) {
      log.error('A call that was live is not in the archive; its streams were closed.');
      fail();
      return;
    }
    past = found;
    state = 'over';
    const { messages = [], archived_at = null } = found.conversation ?? {};
    audience.end(view(), messages, archived_at);
  }

  function fail(): void {
    state = 'failed';
    audience.failAll();
  }

  function watch(watcher: Watcher, cursor: string | undefined): void {
    if (state === 'over') audience.joinEnded(watcher, cursor);
    else if (state === 'live') audience.join(watcher, cursor);
    else audience.fail(watcher);
  }

  function view(): CallView {
    const copies = { live: liveCall, archived: past?.call };
    return viewCall(callId, copies) as CallView;
  }

  const exists = open();
  exists.then(
    (found) => {
      if (!found) state = 'failed';
    },
    () => {
      state = 'failed';
    },
  );
  return {
    value: { exists, call: audience.call, watch },
    isSpent: () => state === 'over' || state === 'failed',
    stop() {
      finishing.abort();
      listening.stop();
    },
  };
}
