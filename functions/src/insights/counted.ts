import { type Firestore, Timestamp, type Transaction } from 'firebase-admin/firestore';
import { stored } from '../paths.ts';
import { Contribution } from './contribution.ts';

/**
 * `counted_calls/{call_id}`: as what a call was counted, for as long as it is. Beside the call and
 * not in it: whoever counts takes no lock on what late words are merged into.
 */
export function readCounted(data: Record<string, unknown> | undefined): Contribution | undefined {
  return Contribution.safeParse(data?.contribution).data;
}

export function writeCounted(
  firestore: Firestore,
  transaction: Transaction,
  callId: string,
  startedAt: string,
  contribution: Contribution,
): void {
  const { company_id, site_id, day, unanswered } = contribution;
  transaction.set(firestore.doc(stored.countedCall(callId)), {
    company_id,
    site_id,
    day,
    started_at: Timestamp.fromDate(new Date(startedAt)),
    has_unanswered: unanswered > 0,
    contribution,
  });
}
