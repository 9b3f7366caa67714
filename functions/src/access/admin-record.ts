import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';
import { COMPANY_ID } from './companies.ts';

/** `viewer` watches, `supervisor` also acts on calls, `company_admin` also manages the company. */
export const AdminRole = z.enum(['viewer', 'supervisor', 'company_admin']);
export type AdminRole = z.infer<typeof AdminRole>;

/** From the least to the most that somebody may do. */
export const RANKS: readonly AdminRole[] = AdminRole.options;

/** Ids become part of a database path, so they are matched before they do. */
export const ADMIN_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** A supervisor, as `admins/{id}` holds one. */
export const AdminRecord = z.object({
  id: z.string().regex(ADMIN_ID),
  /** Stored in lower case; see `normalizeEmail`. */
  email: z.string().min(3).max(254),
  name: z.string(),
  company_id: z.string().regex(COMPANY_ID),
  role: AdminRole,
  /** Argon2id in PHC form. Absent for somebody who has not chosen a password yet. */
  password_hash: z.string().startsWith('$argon2id$').optional(),
  /** E.164; rung when the supervisor joins a call. */
  phone: z.string().optional(),
  disabled: z.boolean().default(false),
  /**
   * Runs this installation, for all of its companies: sees how it is doing, and no company's content.
   * Set from a terminal alone.
   */
  operator: z.boolean().default(false),
  /** Base32 secret of the second factor. Absent: none is set up. */
  totp_secret: z.string().optional(),
  /** One that waits for its first code. */
  totp_pending: z.string().optional(),
  /** SHA-256 of the secret of the one link that is valid for this person; see links.ts. */
  link_hash: z.string().optional(),
  /** Counts changes, so that `admin_state` never goes back to an older one. */
  version: z.number().int().default(0),
});
export type AdminRecord = z.infer<typeof AdminRecord>;

/** The one form in which addresses are stored and compared. */
export function normalizeEmail(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase();
}

/** Undefined for a document that is not there or malformed: such a record is nobody's. */
export function readAdmin(document: DocumentSnapshot): AdminRecord | undefined {
  if (!document.exists) return undefined;
  return AdminRecord.safeParse({ ...document.data(), id: document.id }).data;
}
