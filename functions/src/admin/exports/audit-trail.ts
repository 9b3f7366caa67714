import type { Firestore } from 'firebase-admin/firestore';
import { conversationId } from '../../calls/ids.ts';
import { stored } from '../../paths.ts';
import { type AuditView, viewEntry } from '../team/audit-view.ts';

/** Entries of one call that a file holds: a call that many watch is read a hundred times a day. */
const MOST = 1_000;

/** What was done to a call, and who read it: the oldest first. */
export async function auditTrail(
  firestore: Firestore,
  { companyId, callId, timeZone }: { companyId: string; callId: string; timeZone: string },
): Promise<AuditView[]> {
  const found = await Promise.all(
    [callId, conversationId(callId)].map((target) =>
      firestore
        .collection(stored.auditLog)
        .where('company_id', '==', companyId)
        .where('target', '==', target)
        .orderBy('at', 'desc')
        .limit(MOST)
        .get(),
    ),
  );
  return found
    .flatMap(({ docs }) => docs.flatMap((document) => viewEntry(document, timeZone) ?? []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
}
