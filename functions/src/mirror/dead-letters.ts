import { FieldValue, type Firestore } from 'firebase-admin/firestore';
import { shortHash } from '../calls/ids.ts';
import { stored } from '../paths.ts';

/** Where events go that no repetition can bring home: kept with their reason, never dropped. */
export interface DeadLetters {
  record(payload: unknown, reason: string): Promise<void>;
}

/** One document per payload, however often its task is repeated. */
export function createDeadLetters(firestore: Firestore): DeadLetters {
  return {
    async record(payload, reason) {
      const text = JSON.stringify(payload) ?? 'null';
      await firestore
        .collection(stored.deadLetters)
        .doc(shortHash(text, 32))
        .set({ payload: text, reason, recorded_at: FieldValue.serverTimestamp() });
    },
  };
}
