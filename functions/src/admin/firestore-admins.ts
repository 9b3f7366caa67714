import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { ADMIN_ID, AdminRecord, normalizeEmail } from '../access/admin-record.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';

export interface Admins {
  /** The address is compared in lower case; addresses are stored so. */
  byEmail(email: string): Promise<AdminRecord | undefined>;
  byId(id: string): Promise<AdminRecord | undefined>;
}

/** Supervisors in Firestore's `admins/`. A malformed record is nobody's: it is logged and skipped. */
export function createFirestoreAdmins({
  firestore,
  log,
}: {
  firestore: Firestore;
  log: Log;
}): Admins {
  async function byEmail(email: string): Promise<AdminRecord | undefined> {
    const found = await firestore
      .collection(stored.admins)
      .where('email', '==', normalizeEmail(email))
      .limit(2)
      .get();
    if (found.size > 1) {
      log.error('Two supervisors have one e-mail address: neither can sign in. Remove one.');
      return undefined;
    }
    return found.docs[0] && read(found.docs[0]);
  }

  async function byId(id: string): Promise<AdminRecord | undefined> {
    if (!ADMIN_ID.test(id)) return undefined;
    const document = await firestore.collection(stored.admins).doc(id).get();
    return document.exists ? read(document) : undefined;
  }

  function read(document: DocumentSnapshot): AdminRecord | undefined {
    const record = AdminRecord.safeParse({ ...document.data(), id: document.id });
    if (record.success) return record.data;
    log.error('A supervisor cannot sign in: the record in admins/ is malformed.', {
      reason: record.error.issues.map(({ path }) => path.join('.')).join(', '),
    });
    return undefined;
  }

  return { byEmail, byId };
}
