import { type DocumentSnapshot, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { AuroraError } from '../errors.ts';
import { stored } from '../paths.ts';
import { within } from '../within.ts';
import type { DeadLetter, LetterBox } from './dead-letters.ts';

/** Milliseconds; Firestore's client tries for minutes where nobody listens. */
const DEADLINE = 15_000;

const NOT_FOUND = 5;

/** The dead letters in Firestore, as the mirror records them. */
export function createLetterBox(firestore: Firestore): LetterBox {
  return {
    async all() {
      const { docs } = await answered(firestore.collection(stored.deadLetters).get());
      return docs.sort((a, b) => (recordedAt(a) < recordedAt(b) ? -1 : 1)).map(letter);
    },
    async find(id) {
      const document = await answered(firestore.doc(stored.deadLetter(id)).get());
      return document.exists ? letter(document) : undefined;
    },
    async remove(id) {
      await answered(firestore.doc(stored.deadLetter(id)).delete());
    },
    async giveReason(id, reason) {
      try {
        await answered(firestore.doc(stored.deadLetter(id)).update({ reason }));
      } catch (error) {
        if ((error as { code?: unknown }).code !== NOT_FOUND) throw error;
      }
    },
  };
}

async function answered<T>(work: Promise<T>): Promise<T> {
  const silence = new AuroraError(
    503,
    'firestore_away',
    'Firestore gave no answer within 15 seconds: is it running, and is its address right?',
  );
  return within(DEADLINE, work).catch((error: unknown) => {
    throw (error as { code?: unknown }).code === 'deadline_exceeded' ? silence : error;
  });
}

/** Compares as a text, to the microsecond; letters that don't say when they came stand first. */
function recordedAt(document: DocumentSnapshot): string {
  const at: unknown = document.get('recorded_at');
  return at instanceof Timestamp ? at.valueOf() : '';
}

/** A document that is not as the mirror writes them is a letter all the same. */
function letter(document: DocumentSnapshot): DeadLetter {
  const { payload, reason, recorded_at } = document.data() ?? {};
  return {
    id: document.id,
    payload: typeof payload === 'string' ? payload : (JSON.stringify(payload) ?? 'null'),
    reason: typeof reason === 'string' ? reason : 'unknown',
    recordedAt: recorded_at instanceof Timestamp ? recorded_at.toDate() : undefined,
  };
}
