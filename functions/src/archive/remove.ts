import type { Firestore } from 'firebase-admin/firestore';
import { conversationId } from '../calls/ids.ts';
import { readCounted } from '../insights/counted.ts';
import { recount } from '../insights/tallies.ts';
import { stored } from '../paths.ts';

export type Removal = 'removed' | 'held' | 'absent';

/** Calls of one day change the same counts: of those that are removed side by side one comes first. */
const MOST_ATTEMPTS = 10;

/**
 * Removes a call, its conversation and that one's pages, and takes back what it was counted as, all
 * in one transaction; a call under legal hold stays. The hold is read in the transaction, and whoever
 * sets one reads the call: of the two one comes first.
 */
export function createRemove(firestore: Firestore) {
  return async function remove(callId: string): Promise<Removal> {
    const call = firestore.doc(stored.call(callId));
    const conversation = firestore.doc(stored.conversation(conversationId(callId)));
    const hold = firestore.doc(stored.legalHold(callId));
    const counted = firestore.doc(stored.countedCall(callId));
    const uncounted = firestore.doc(stored.uncountedCall(callId));
    return firestore.runTransaction(
      async (transaction) => {
        const [held, known, ...documents] = await transaction.getAll(
          hold,
          counted,
          call,
          conversation,
        );
        if (held?.exists) return 'held';
        // All that there are, not only as many as `page_count` says.
        const pages = await transaction.get(conversation.collection('pages').select());
        const there = [...documents, ...pages.docs].filter((document) => document.exists);
        for (const document of there) transaction.delete(document.ref);
        recount(firestore, transaction, readCounted(known?.data()), undefined);
        transaction.delete(counted);
        // Whoever is counting the call finds that it has gone.
        transaction.delete(uncounted);
        return there.length > 0 ? 'removed' : 'absent';
      },
      { maxAttempts: MOST_ATTEMPTS },
    );
  };
}

export type Remove = ReturnType<typeof createRemove>;
