import { randomUUID } from 'node:crypto';
import { FieldValue, type Firestore } from 'firebase-admin/firestore';
import { conversationId } from '../calls/ids.ts';
import { stored } from '../paths.ts';
import { type Arrival, mergedCall, messagesOf, withUnspoken } from './arrival.ts';
import { createConversations } from './conversations.ts';
import { callFields, hasFields } from './document.ts';
import { addToPages } from './pages.ts';
import type { ArchivedCall } from './schema.ts';
import { archivedCall, callOf } from './stored.ts';

/**
 * Tries at one transaction, with the SDK's growing pauses between them. Its default of 5 is little
 * where many late tasks of one call come at once.
 */
const MOST_ATTEMPTS = 10;

/**
 * The documents of a call in Firestore: the call, and its conversation with its pages. Every
 * arrival is merged with what is there by message id and by the same fold as everywhere else, in
 * one transaction, so that arrivals may repeat and come in any order.
 */
export function createArchive(firestore: Firestore, timeZone: string) {
  const conversations = createConversations(firestore, timeZone);
  const callDocument = (callId: string) => firestore.doc(stored.call(callId));

  /**
   * False where there is no call yet, neither here nor in the arrival, that events could go into;
   * words are kept all the same. Throws an error that is not retryable, and changes nothing, where
   * a stored document is malformed or the conversation is larger than the archive can hold.
   */
  async function merge(callId: string, arrival: Arrival): Promise<boolean> {
    return firestore.runTransaction(
      async (transaction) => {
        const [call, main] = await transaction.getAll(
          callDocument(callId),
          conversations.mainDocument(conversationId(callId)),
        );
        const oldCall = call?.exists ? archivedCall(call.data(), timeZone) : undefined;
        const before = await conversations.readIn(transaction, conversationId(callId), main);
        const pages = withUnspoken(addToPages(before.pages, messagesOf(arrival)), arrival);
        const messages = pages.flat();
        const merged = mergedCall(oldCall && callOf(oldCall), arrival, messages);
        const fields = merged && callFields(merged, messages);
        const isCallNew = fields && !(oldCall && hasFields(oldCall, fields));
        const areWordsNew = pages !== before.pages || (merged && !before.exists);
        if (isCallNew) {
          const written = { ...(oldCall ? {} : fresh()), ...fields };
          transaction.set(callDocument(callId), written, { mergeFields: Object.keys(written) });
        }
        if (areWordsNew) conversations.writeIn(transaction, callId, before, pages);
        if (isCallNew || areWordsNew) {
          // Counted after this (insights/counting.ts): the counts hold up no archiving.
          transaction.set(firestore.doc(stored.uncountedCall(callId)), { revision: randomUUID() });
        }
        return merged !== undefined;
      },
      { maxAttempts: MOST_ATTEMPTS },
    );
  }

  return {
    merge,
    conversation: conversations.read,
    async call(callId: string): Promise<ArchivedCall | undefined> {
      const document = await callDocument(callId).get();
      return document.exists ? archivedCall(document.data(), timeZone) : undefined;
    },
  };
}

export type Archive = ReturnType<typeof createArchive>;

/** Fields that the first arrival sets, unless it knows better, and later ones leave alone. */
function fresh() {
  return {
    timestamp: FieldValue.serverTimestamp(),
    resolved_at: FieldValue.serverTimestamp(),
    final_action: null,
    admin_notes: null,
  };
}
