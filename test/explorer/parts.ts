import { createArchive } from '../../functions/src/archive/archive.ts';
import { createSettle } from '../../functions/src/archive/settle.ts';
import { createSweep } from '../../functions/src/archive/sweep.ts';
import { conversationId } from '../../functions/src/calls/ids.ts';
import { readCall, readConversation } from '../../functions/src/calls/live.ts';
import type { CallEvent } from '../../functions/src/calls/model.ts';
import type { CallState } from '../../functions/src/calls/reduce.ts';
import { createChangeCall } from '../../functions/src/holding/change-call.ts';
import { createHolding } from '../../functions/src/holding/holding.ts';
import { createLookAfter } from '../../functions/src/holding/look-after.ts';
import { createMessages } from '../../functions/src/holding/messages.ts';
import { createSendOn } from '../../functions/src/holding/send-on.ts';
import { createStaleReplies } from '../../functions/src/holding/stale-reply.ts';
import { createCounting } from '../../functions/src/insights/counting.ts';
import { createUncounted } from '../../functions/src/insights/uncounted.ts';
import { createMemoryJournal } from '../../functions/src/journal/memory-journal.ts';
import type { LiveDatabase } from '../../functions/src/live-database.ts';
import type { Log } from '../../functions/src/log.ts';
import { createMirror } from '../../functions/src/mirror/apply.ts';
import type { DeadLetters } from '../../functions/src/mirror/dead-letters.ts';
import { createOutbox } from '../../functions/src/mirror/outbox.ts';
import { createTaskHandler } from '../../functions/src/mirror/task-handler.ts';
import { createAfterReply } from '../../functions/src/paging/after-reply.ts';
import { createAnswers } from '../../functions/src/paging/answers.ts';
import { createPageTask } from '../../functions/src/paging/page-task.ts';
import { createPager } from '../../functions/src/paging/pager.ts';
import { createSendPages } from '../../functions/src/paging/send.ts';
import { createChainStore } from '../../functions/src/paging/store.ts';
import { live } from '../../functions/src/paths.ts';
import { createOnce } from '../../functions/src/turn/once.ts';
import { createTurns } from '../../functions/src/turn/turn.ts';
import { createStatus } from '../../functions/src/webhooks/status.ts';
import { createVoice } from '../../functions/src/webhooks/voice.ts';
import type { Firestore } from './firestore.ts';
import type { Reaching } from './reaching.ts';

/**
 * The real parts of the functions, by the names of their factories. A mutation is the same set
 * with one of them exchanged.
 */
export const PRODUCTION = {
  createArchive,
  createSettle,
  createSweep,
  createCounting,
  createUncounted,
  createMirror,
  createTaskHandler,
  createOutbox,
  createMemoryJournal,
  createOnce,
  createTurns,
  createStatus,
  createVoice,
  createChangeCall,
  createHolding,
  createSendOn,
  createMessages,
  createStaleReplies,
  createLookAfter,
  createChainStore,
  createSendPages,
  createPager,
  createAnswers,
  createPageTask,
  createAfterReply,
};

export type Parts = typeof PRODUCTION;

/** The offset as a fixed zone: Kolkata has no other, and looking it up costs more than a schedule. */
export const ZONE = 'UTC+05:30';
export const EMERGENCY = '112';
export const BASE_URL = 'https://aurora.example';

export const silentLog: Log = { info() {}, warn() {}, error() {}, alert() {} };

export interface BackendOptions {
  parts: Parts;
  /** Takeover and paging of the same process; made when it is first asked for. */
  reaching: (backend: Pick<Backend, 'readLive' | 'apply'>) => Reaching;
  database: LiveDatabase;
  firestore: Firestore;
  deadLetters: DeadLetters;
  /** Whether calls are counted when they are archived. */
  isCounted: boolean;
  now: () => number;
}

/** Mirror, archive and sweeper of one process, joined as the composition root joins them. */
export function createBackend(options: BackendOptions): Backend {
  const { parts, database, firestore, deadLetters, now } = options;
  const archive = parts.createArchive(firestore, ZONE);
  const counting = parts.createCounting({
    firestore,
    timeZoneOf: async () => ZONE,
    timeZone: ZONE,
    log: silentLog,
  });
  const settle = parts.createSettle({
    database,
    archive,
    now,
    timeZone: ZONE,
    ...(options.isCounted && { count: counting.countSoon }),
  });
  const mirror = parts.createMirror({ database, archive: settle, now });
  const readState = (callId: string) => readLive(database, callId);
  const sweep = parts.createSweep({ database, settle, log: silentLog });
  const { count } = counting;
  const countLeft = parts.createUncounted({ firestore, count, now, log: silentLog });
  let made: Reaching | undefined;
  const reaching = () => {
    made ??= options.reaching({ readLive: readState, apply: mirror.apply });
    return made;
  };
  return {
    apply: mirror.apply,
    settle: settle.settle,
    settleDeleted: settle.settleDeleted,
    async sweep() {
      await sweep();
      if (options.isCounted) await countLeft();
    },
    handleTask: parts.createTaskHandler({
      apply: async (events) => {
        await mirror.apply(events);
        await reaching().staleReplies(events);
      },
      identify: async () => {},
      deadLetters: async () => deadLetters,
      flush: async () => {},
      now,
      log: silentLog,
    }),
    readLive: readState,
    async claimedCallId(callSid) {
      const { value } = await database.read(live.callSid(callSid));
      return typeof value === 'string' ? value : undefined;
    },
    reaching,
  };
}

export interface Backend {
  apply: (events: readonly CallEvent[]) => Promise<void>;
  settle: (callId: string) => Promise<void>;
  settleDeleted: (callId: string, before: unknown) => Promise<void>;
  sweep: () => Promise<unknown>;
  handleTask: (data: unknown) => Promise<void>;
  readLive: (callId: string) => Promise<CallState>;
  claimedCallId: (callSid: string) => Promise<string | undefined>;
  reaching: () => Reaching;
}

async function readLive(database: LiveDatabase, callId: string): Promise<CallState> {
  const [call, conversation] = await Promise.all([
    database.read(live.call(callId)),
    database.read(live.conversation(conversationId(callId))),
  ]);
  return {
    ...(call.value === null ? {} : { call: readCall(call.value) }),
    ...(conversation.value === null ? {} : { conversation: readConversation(conversation.value) }),
  };
}
