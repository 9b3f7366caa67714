import { FieldValue, type Firestore } from 'firebase-admin/firestore';
import { conversationId } from '../calls/ids.ts';
import { mergeCalls } from '../calls/merge.ts';
import type { Call, CallEvent, Message } from '../calls/model.ts';
import { callFrom, foldCall } from '../calls/reduce.ts';
import { stored } from '../paths.ts';
import { callFields, mergeMessages } from './document.ts';
import type { ArchivedCall, ArchivedConversation } from './schema.ts';
import { archivedCall, archivedConversation, callOf } from './stored.ts';

/** What is brought into the archive: a live copy, late events, or both. */
export interface Arrival {
  call?: Call | undefined;
  messages?: readonly Message[];
  events?: readonly CallEvent[];
}

/**
 * The two Firestore documents of a call. Every arrival is merged with what is there by message id
 * and by the same fold as everywhere else, in one transaction, so that arrivals may repeat and come
 * in any order.
 */
export function createArchive(firestore: Firestore, timeZone: string) {
  const callDocument = (callId: string) => firestore.doc(stored.call(callId));
  const conversationDocument = (callId: string) =>
    firestore.doc(stored.conversation(conversationId(callId)));

  /** False where there is no call yet, neither here nor in the arrival, that events could go into. */
  async function merge(callId: string, arrival: Arrival): Promise<boolean> {
    return firestore.runTransaction(async (transaction) => {
      const [call, conversation] = await transaction.getAll(
        callDocument(callId),
        conversationDocument(callId),
      );
      const oldCall = call?.exists ? archivedCall(call.data(), timeZone) : undefined;
      const oldMessages = conversation?.exists
        ? archivedConversation(conversation.data(), timeZone).messages
        : [];
      const { merged, messages } = mergeArrival(oldCall, oldMessages, arrival);
      if (merged) {
        transaction.set(
          callDocument(callId),
          oldCall ? callFields(merged, messages) : { ...callFields(merged, messages), ...fresh() },
          { merge: true },
        );
      }
      if (messages.length > oldMessages.length || !conversation?.exists) {
        transaction.set(
          conversationDocument(callId),
          {
            call_id: callId,
            messages,
            total_messages: messages.length,
            ...(conversation?.exists ? {} : { archived_at: FieldValue.serverTimestamp() }),
          },
          { merge: true },
        );
      }
      return merged !== undefined;
    });
  }

  return {
    merge,
    async call(callId: string): Promise<ArchivedCall | undefined> {
      const document = await callDocument(callId).get();
      return document.exists ? archivedCall(document.data(), timeZone) : undefined;
    },
    async conversation(id: string): Promise<ArchivedConversation | undefined> {
      const document = await firestore.doc(stored.conversation(id)).get();
      return document.exists ? archivedConversation(document.data(), timeZone) : undefined;
    },
    async holds(callId: string): Promise<boolean> {
      return (await callDocument(callId).get()).exists;
    },
  };
}

export type Archive = ReturnType<typeof createArchive>;

/** Fields that the first arrival sets and later ones leave alone. */
function fresh() {
  return {
    timestamp: FieldValue.serverTimestamp(),
    resolved_at: FieldValue.serverTimestamp(),
    final_action: null,
    admin_notes: null,
  };
}

function mergeArrival(
  oldCall: ArchivedCall | undefined,
  oldMessages: readonly Message[],
  { call, messages = [], events = [] }: Arrival,
): { merged: Call | undefined; messages: Message[] } {
  const old = oldCall && callOf(oldCall);
  const started = events.find((event) => event.type === 'call_started');
  const base =
    old && call ? mergeCalls(old, call) : (old ?? call ?? (started && callFrom(started)));
  const late = events.flatMap((event) => (event.type === 'message_added' ? [event.message] : []));
  return {
    merged: base && events.reduce(foldCall, base),
    messages: mergeMessages(mergeMessages(oldMessages, messages), late),
  };
}
