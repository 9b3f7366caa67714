import { type DocumentSnapshot, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { InvalidRequest } from '../admin/answer-error.ts';
import type { Origin } from '../admin/route.ts';
import { AuroraError } from '../errors.ts';
import { stored } from '../paths.ts';
import { type AdminRecord, readAdmin } from './admin-record.ts';
import type { AdminWriter } from './admin-writer.ts';
import { hashOfSecret, LinkRecord } from './links.ts';
import { passwordFault } from './password-policy.ts';
import type { Passwords } from './passwords.ts';

export interface Redemption {
  secret: string;
  newPassword: string;
  origin: Origin;
}

export interface LinkRedeemOptions {
  firestore: Firestore;
  writer: AdminWriter;
  passwords: Pick<Passwords, 'hash'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Sets the password of whoever a one-time link was made for, ends all sessions, and uses the link
 * up, in one transaction: of two who use it at once, one wins. Throws 404 `link_invalid` for every
 * link that does not count, without saying why, and 400 for a password that must not be: the link
 * stays good then.
 */
export function createLinkRedeem({ firestore, writer, passwords, now }: LinkRedeemOptions) {
  return async function redeem({ secret, newPassword, origin }: Redemption): Promise<void> {
    const hash = hashOfSecret(secret);
    const reference = firestore.doc(stored.link(hash));
    const link = readLink(await reference.get());
    const owner = link && readAdmin(await firestore.doc(stored.admin(link.admin_id)).get());
    if (!link || !owner) throw linkInvalid();
    mustCount(link, owner, hash);
    const fault = passwordFault(newPassword, owner);
    if (fault) {
      const message = `The password ${fault}. Choose another one.`;
      throw new InvalidRequest(message, [{ path: 'new_password', message: fault }]);
    }
    const password_hash = await passwords.hash(newPassword);

    await writer.write(owner.id, link.company_id, async (before, transaction) => {
      const current = readLink(await transaction.get(reference));
      if (!current) throw linkInvalid();
      mustCount(current, before, hash);
      const { link_hash: _, ...after }: AdminRecord = { ...before, password_hash };
      if (current.clear_totp) {
        delete after.totp_secret;
        delete after.totp_pending;
      }
      if (current.ends_operator) after.operator = false;
      return {
        after,
        signOut: true,
        entry: {
          company_id: before.company_id,
          who: { kind: 'admin', id: before.id },
          action: 'link.used',
          target: before.id,
          after: { kind: current.kind, clear_totp: current.clear_totp },
          origin,
        },
        alsoWrite: () => {
          transaction.update(reference, { used_at: Timestamp.fromMillis(now()) });
        },
      };
    });
  };

  function mustCount(link: LinkRecord, owner: AdminRecord, hash: string): void {
    const isOwners = owner.link_hash === hash && owner.company_id === link.company_id;
    const isFresh = link.used_at === null && now() < link.expires_at.toMillis();
    if (!isOwners || !isFresh || owner.disabled) throw linkInvalid();
  }
}

function readLink(document: DocumentSnapshot): LinkRecord | undefined {
  return document.exists ? LinkRecord.safeParse(document.data()).data : undefined;
}

function linkInvalid(): AuroraError {
  return new AuroraError(
    404,
    'link_invalid',
    'This link was used, has expired, or was replaced by a newer one. Ask for a new link.',
  );
}
