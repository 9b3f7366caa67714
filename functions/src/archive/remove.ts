import type { Firestore } from 'firebase-admin/firestore';
import { conversationId } from '../calls/ids.ts';
import { stored } from '../paths.ts';

export type Removal = 'removed' | 'held' | 'absent';

/**
 * Removes a call, its conversation and that one's pages, all in one transaction; a call under legal
 * hold stays. The hold is read in the transaction, and whoever sets one reads the call: of the two
 * one comes first.
 */
export function createRemove(firestore: Firestore) {
  return async function remove(callId: string): Promise<Removal> {
    const call = firestore.doc(stored.call(callId));
    const conversation = firestore.doc(stored.conversation(conversationId(callId)));
    const hold = firestore.doc(stored.legalHold(callId));
    return firestore.runTransaction(async (transaction) => {
      const [held, ...documents] = await transaction.getAll(hold, call, conversation);
      if (held?.exists) return 'held';
      // All that there are, not only those that are counted.
      const pages = await transaction.get(conversation.collection('pages').select());
      const there = [...documents, ...pages.docs].filter((document) => document.exists);
      for (const document of there) transaction.delete(document.ref);
      return there.length > 0 ? 'removed' : 'absent';
    });
  };
}

export type Remove = ReturnType<typeof createRemove>;
