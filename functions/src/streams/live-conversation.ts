import type { Database, DataSnapshot } from 'firebase-admin/database';
import { MESSAGE_ID } from '../calls/ids.ts';
import { readCall } from '../calls/live.ts';
import { type Call, type Message, StoredMessage } from '../calls/model.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { guarded } from './observed.ts';

/** What is told of a live conversation, as it changes. */
export interface LiveConversationListener {
  /** Undefined when there is no live copy (any more). */
  call(call: Call | undefined): void;
  /** New, or changed. Messages that are removed are not told: they have gone to the archive. */
  message(message: Message): void;
  /** Nothing more will be told. */
  broke(): void;
}

export interface LiveConversation {
  /** Resolves when all that was there at first has been told; rejects where it is malformed. */
  known: Promise<unknown>;
  stop(): void;
}

/**
 * Listens to one conversation and its call. The SDK tells the messages that are there one by one,
 * then the value; without a connection it catches up when that is back. What is malformed is left
 * out: one bad record must not keep the others from supervisors.
 */
export function listenToConversation(
  database: Database,
  { callId, conversationId }: { callId: string; conversationId: string },
  told: LiveConversationListener,
  log: Log,
): LiveConversation {
  const callReference = database.ref(live.call(callId));
  const messages = database.ref(live.messages(conversationId));
  const first = Promise.withResolvers<void>();

  const onCall = guarded(log, (snapshot: DataSnapshot) => {
    try {
      const value: unknown = snapshot.val();
      told.call(value === null ? undefined : readCall(value));
      first.resolve();
    } catch (error) {
      first.reject(error);
      throw error;
    }
  });
  const onMessage = guarded(log, (snapshot: DataSnapshot) => {
    const stored = StoredMessage.safeParse(snapshot.val());
    const id = snapshot.key ?? '';
    if (stored.success && MESSAGE_ID.test(id)) told.message({ id, ...stored.data });
    else log.error('A live message is malformed; streams leave it out.');
  });
  const refused = (error: Error) => {
    first.reject(error);
    log.error('The Realtime Database refused to be listened to.', { error });
    told.broke();
  };
  callReference.on('value', onCall, refused);
  messages.on('child_added', onMessage, refused);
  messages.on('child_changed', onMessage);
  const known = Promise.all([first.promise, messages.once('value')]);
  known.catch(() => {});

  return {
    known,
    stop() {
      callReference.off('value', onCall);
      messages.off('child_added', onMessage);
      messages.off('child_changed', onMessage);
    },
  };
}
