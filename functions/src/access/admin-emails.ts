import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { shortHash } from '../calls/ids.ts';
import { AuroraError } from '../errors.ts';
import { stored } from '../paths.ts';

/** Hexadecimal digits of SHA-256: all of it. */
const DIGITS = 64;

/**
 * `admin_emails/{hash}` holds an address for one supervisor, so that two who are created at once
 * can't have the same. Addresses are normalized before they come here.
 */
export function createAdminEmails(firestore: Firestore) {
  const place = (email: string) => firestore.doc(stored.adminEmail(shortHash(email, DIGITS)));

  return {
    /** Throws 409 `email_taken`. Supervisors of old hold their address by their record alone. */
    async mustBeFree(transaction: Transaction, email: string, adminId: string): Promise<void> {
      const query = firestore.collection(stored.admins).where('email', '==', email).limit(2);
      const [claim, owners] = await Promise.all([
        transaction.get(place(email)),
        transaction.get(query),
      ]);
      const claimed = claim.exists && claim.get('admin_id') !== adminId;
      if (!claimed && owners.docs.every(({ id }) => id === adminId)) return;
      throw new AuroraError(
        409,
        'email_taken',
        'Somebody with this e-mail address can sign in already. Use another address.',
      );
    },
    /** Whether this supervisor holds the address by a claim. */
    async held(transaction: Transaction, email: string, adminId: string): Promise<boolean> {
      const claim = await transaction.get(place(email));
      return claim.exists && claim.get('admin_id') === adminId;
    },
    claim(transaction: Transaction, email: string, adminId: string): void {
      transaction.set(place(email), { admin_id: adminId });
    },
    release(transaction: Transaction, email: string): void {
      transaction.delete(place(email));
    },
  };
}
