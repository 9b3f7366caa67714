import { isDeepStrictEqual } from 'node:util';
import type { DocumentReference, DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import type { ArchivedCall } from '../archive/schema.ts';
import { archivedCall, archivedPage, storedConversation } from '../archive/stored.ts';
import { conversationId } from '../calls/ids.ts';
import type { Message } from '../calls/model.ts';
import { AuroraError, asError, isRetryable } from '../errors.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { within } from '../within.ts';
import { type Contribution, contributionOf } from './contribution.ts';
import { readCounted, writeCounted } from './counted.ts';
import { recount } from './tallies.ts';

/** Rounds in which the call may change while it is counted. */
const MOST_ROUNDS = 5;
/** Calls of one company and day change the same documents. */
const MOST_ATTEMPTS = 10;
/** Milliseconds that whoever archives a call waits for it to be counted. */
const PATIENCE = 5_000;

export interface CountingOptions {
  firestore: Firestore;
  /** A company's own zone. */
  timeZoneOf: (companyId: string) => Promise<string>;
  /** In which stored times are read: any does. */
  timeZone: string;
  log: Log;
}

/** A call as it is archived, and what it adds to the counts. */
interface Found {
  /** Of the mark that says that the call is to be counted; undefined: it is counted. */
  revision: unknown;
  /** Undefined: there is no such call. */
  call: ArchivedCall | undefined;
  contribution: Contribution | undefined;
}

/**
 * Keeps the counts equal to what a count of the archive would say, each call exactly once.
 *
 *   merged, and marked as uncounted -> counted as what it is now, and the mark gone
 *
 * Each arrow is one transaction. The second subtracts what the call was counted as before, adds what
 * it is now, and writes that down; it does nothing where the mark is gone or is another one. So it may
 * be repeated, late, overtaken, or cut off anywhere: the mark stays until the call is counted, and the
 * sweep (uncounted.ts) counts what is marked. The archive waits for none of this and fails by none.
 */
export function createCounting({ firestore, timeZoneOf, timeZone, log }: CountingOptions) {
  /** Counts a call that is marked; false where it was counted already. */
  async function count(callId: string): Promise<boolean> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const found = await read(callId);
      if (found.revision === undefined) return false;
      if (await write(callId, found)) return true;
    }
    throw new AuroraError(503, 'contended', 'The call kept changing while it was counted.');
  }

  /** All documents of one moment: of the call, its words, the mark, and how it was counted. */
  async function read(callId: string): Promise<Found> {
    const id = conversationId(callId);
    let pages = 0;
    for (;;) {
      const [mark, counted, call, main, ...further] = await firestore.getAll(
        firestore.doc(stored.uncountedCall(callId)),
        firestore.doc(stored.countedCall(callId)),
        firestore.doc(stored.call(callId)),
        firestore.doc(stored.conversation(id)),
        ...Array.from(
          { length: pages },
          (_, n): DocumentReference => firestore.doc(stored.conversationPage(id, n + 1)),
        ),
      );
      const revision = mark?.data()?.revision;
      if (!call?.exists) return { revision, call: undefined, contribution: undefined };
      const whole = readWhole(call, main, further, pages);
      if (whole === 'malformed') return { revision, call: undefined, contribution: undefined };
      if (typeof whole === 'number') {
        pages = whole;
        continue;
      }
      // Once counted a call stays in its day, whatever zone its company has by now.
      const zone =
        readCounted(counted?.data())?.time_zone ?? (await timeZoneOf(whole.call.company_id));
      return { revision, ...whole, contribution: contributionOf(whole.call, whole.messages, zone) };
    }
  }

  /**
   * Where there are not as many pages as were read, their number. What is malformed is in no list, and
   * in no count either.
   */
  function readWhole(
    call: DocumentSnapshot,
    main: DocumentSnapshot | undefined,
    further: readonly DocumentSnapshot[],
    pages: number,
  ): { call: ArchivedCall; messages: Message[] } | number | 'malformed' {
    try {
      const words = main?.exists ? storedConversation(main.data(), timeZone) : undefined;
      const { messages = [], page_count = 0 } = words ?? {};
      if (page_count !== pages) return page_count;
      return {
        call: archivedCall(call.data(), timeZone),
        messages: [...messages, ...further.flatMap((page) => archivedPage(page.data()))],
      };
    } catch (thrown) {
      if (isRetryable(thrown)) throw thrown;
      log.error('An archived call is malformed; it is not counted.', { error: asError(thrown) });
      return 'malformed';
    }
  }

  function write(callId: string, { revision, call, contribution }: Found): Promise<boolean> {
    const mark = firestore.doc(stored.uncountedCall(callId));
    const counted = firestore.doc(stored.countedCall(callId));
    return firestore.runTransaction(
      async (transaction) => {
        const [marked, known] = await transaction.getAll(mark, counted);
        if (marked?.data()?.revision !== revision) return false;
        const before = readCounted(known?.data());
        if (!isDeepStrictEqual(before, contribution)) {
          recount(firestore, transaction, before, contribution);
          if (call && contribution) {
            writeCounted(firestore, transaction, callId, call.started_at, contribution);
          } else transaction.delete(counted);
        }
        transaction.delete(mark);
        return true;
      },
      { maxAttempts: MOST_ATTEMPTS },
    );
  }

  /** For whoever has just archived a call. Never rejects: what is not counted now, the sweep counts. */
  async function countSoon(callId: string): Promise<void> {
    try {
      await within(PATIENCE, count(callId));
    } catch (error) {
      log.warn('An archived call could not be counted at once; the next sweep counts it.', {
        error: asError(error),
      });
    }
  }

  return { count, countSoon, read };
}

export type Counting = ReturnType<typeof createCounting>;
