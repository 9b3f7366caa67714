import { createArchive } from '../../functions/src/archive/archive.ts';
import { createSettle } from '../../functions/src/archive/settle.ts';
import { createSweep } from '../../functions/src/archive/sweep.ts';
import { conversationId } from '../../functions/src/calls/ids.ts';
import { readCall, readConversation } from '../../functions/src/calls/live.ts';
import type { CallState } from '../../functions/src/calls/reduce.ts';
import { createMemoryJournal } from '../../functions/src/journal/memory-journal.ts';
import type { LiveDatabase } from '../../functions/src/live-database.ts';
import type { Log } from '../../functions/src/log.ts';
import { createMirror } from '../../functions/src/mirror/apply.ts';
import type { DeadLetters } from '../../functions/src/mirror/dead-letters.ts';
import { createOutbox } from '../../functions/src/mirror/outbox.ts';
import { createTaskHandler } from '../../functions/src/mirror/task-handler.ts';
import { live } from '../../functions/src/paths.ts';
import { createOnce } from '../../functions/src/turn/once.ts';
import { createTurns } from '../../functions/src/turn/turn.ts';
import { createStatus } from '../../functions/src/webhooks/status.ts';
import { createVoice } from '../../functions/src/webhooks/voice.ts';
import type { Firestore } from './firestore.ts';

/**
 * The real parts of the functions, by the names of their factories. A mutation is the same set
 * with one of them exchanged.
 */
export const PRODUCTION = {
  createArchive,
  createSettle,
  createSweep,
  createMirror,
  createTaskHandler,
  createOutbox,
  createMemoryJournal,
  createOnce,
  createTurns,
  createStatus,
  createVoice,
};

export type Parts = typeof PRODUCTION;

/** The offset as a fixed zone: Kolkata has no other, and looking it up costs more than a schedule. */
export const ZONE = 'UTC+05:30';
export const EMERGENCY = '112';

export const silentLog: Log = { info() {}, warn() {}, error() {}, alert() {} };

export interface BackendOptions {
  parts: Parts;
  database: LiveDatabase;
  firestore: Firestore;
  deadLetters: DeadLetters;
  now: () => number;
}

/** Mirror, archive and sweeper of one process, joined as the composition root joins them. */
export function createBackend({ parts, database, firestore, deadLetters, now }: BackendOptions) {
  const archive = parts.createArchive(firestore, ZONE);
  const settle = parts.createSettle({ database, archive, now, timeZone: ZONE });
  const mirror = parts.createMirror({ database, archive: settle, now });
  return {
    apply: mirror.apply,
    settle: settle.settle,
    settleDeleted: settle.settleDeleted,
    sweep: parts.createSweep({ database, settle, log: silentLog }),
    handleTask: parts.createTaskHandler({
      apply: mirror.apply,
      identify: async () => {},
      deadLetters: async () => deadLetters,
      log: silentLog,
    }),
    readLive: (callId: string) => readLive(database, callId),
  };
}

export type Backend = ReturnType<typeof createBackend>;

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
