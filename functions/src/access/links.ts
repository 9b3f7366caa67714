import { createHash, randomBytes } from 'node:crypto';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Audit, Doer } from '../admin/audit.ts';
import { AuroraError } from '../errors.ts';
import { stored } from '../paths.ts';

import { ADMIN_ID, readAdmin } from './admin-record.ts';
import { adminNotFound } from './admin-writer.ts';
import { COMPANY_ID } from './companies.ts';

export type LinkKind = 'invitation' | 'reset';

export interface LinkRequest {
  adminId: string;
  companyId: string;
  kind: LinkKind;
  /** Removes the second factor when the link is used: for whoever has lost the telephone. */
  clearTotp?: boolean;
  by: Doer;
}

/** One-time links with which somebody chooses a password. */
export interface Links {
  /**
   * Makes a link and voids older ones of the same person. The URL holds the secret and is shown
   * once; `expires_at` is ISO 8601 in UTC. Throws 404 `not_found` where the company has no such
   * supervisor.
   */
  make(request: LinkRequest): Promise<{ url: string; expires_at: string }>;
}

/** A link as `links/{hash}` holds it. */
export const LinkRecord = z.object({
  admin_id: z.string().regex(ADMIN_ID),
  company_id: z.string().regex(COMPANY_ID),
  kind: z.enum(['invitation', 'reset']),
  clear_totp: z.boolean(),
  /** Made by somebody of the company, who must not become an operator by another's link. */
  ends_operator: z.boolean().default(false),
  expires_at: z.instanceof(Timestamp),
  used_at: z.instanceof(Timestamp).nullable(),
});
export type LinkRecord = z.infer<typeof LinkRecord>;

const HOUR = 60 * 60 * 1_000;

/** Milliseconds: an invitation may wait over a weekend, a reset is asked for and used. */
const VALID: Record<LinkKind, number> = { invitation: 72 * HOUR, reset: HOUR };

const SECRET_BYTES = 32;

export interface LinkOptions {
  firestore: Firestore;
  audit: Audit;
  /** The address of the dashboard, without a trailing slash. */
  baseUrl: string;
  /** Epoch milliseconds. */
  now: () => number;
  random?: (bytes: number) => Buffer;
}

export function createLinks(options: LinkOptions): Links {
  const { firestore, audit, baseUrl, now, random = randomBytes } = options;

  async function make({ adminId, companyId, kind, clearTotp = false, by }: LinkRequest) {
    const secret = random(SECRET_BYTES).toString('base64url');
    const hash = hashOfSecret(secret);
    const expiresAt = now() + VALID[kind];
    await firestore.runTransaction(async (transaction) => {
      const reference = firestore.doc(stored.admin(adminId));
      const admin = readAdmin(await transaction.get(reference));
      if (admin?.company_id !== companyId) throw adminNotFound();
      if (admin.disabled) throw disabled();
      transaction.create(firestore.doc(stored.link(hash)), {
        admin_id: adminId,
        company_id: companyId,
        kind,
        clear_totp: clearTotp,
        ends_operator: by.who.kind !== 'operator',
        expires_at: Timestamp.fromMillis(expiresAt),
        used_at: null,
      });
      // The one link that counts: whatever was made before is void.
      transaction.update(reference, { link_hash: hash });
      audit.recordIn(transaction, {
        ...by,
        company_id: companyId,
        action: 'link.made',
        target: adminId,
        after: { kind, clear_totp: clearTotp, expires_at: new Date(expiresAt).toISOString() },
      });
    });
    // After the #: browsers send it to no server, so that no log on the way has it.
    const url = `${baseUrl}/password.html#${secret}`;
    return { url, expires_at: new Date(expiresAt).toISOString() };
  }

  return { make };
}

/** The secret is random, so no slow hash is needed. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function disabled(): AuroraError {
  return new AuroraError(
    409,
    'admin_disabled',
    'This supervisor is disabled and could not sign in. Enable the supervisor first.',
  );
}
