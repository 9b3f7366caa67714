import type { Transaction } from 'firebase-admin/firestore';
import type { Doer } from '../admin/audit.ts';
import { AuroraError } from '../errors.ts';
import type { AdminRecord, AdminRole } from './admin-record.ts';

export interface NewAdmin {
  company_id: string;
  email: string;
  name: string;
  role: AdminRole;
  /** E.164. */
  phone?: string | undefined;
}

/** What is absent stays; `phone: null` removes it. */
export interface AdminPatch {
  email?: string | undefined;
  name?: string | undefined;
  role?: AdminRole | undefined;
  phone?: string | null | undefined;
  disabled?: boolean | undefined;
}

/**
 * The one place where supervisors are created, changed and removed, over `admins/`, `admin_emails/`
 * and `admin_state/`; each writes its entry of the audit log in the same transaction.
 */
export interface AdminAccounts {
  /** Without a password: make a link for it. Throws 409 `email_taken`. */
  create(fields: NewAdmin, by: Doer): Promise<AdminRecord>;
  /**
   * A lower role or `disabled` ends all sessions. Throws 404 `not_found`, 409 `email_taken`, 409
   * `last_company_admin`. The same change again is harmless, and mends one that broke off.
   */
  change(
    id: string,
    companyId: string,
    patch: AdminPatch,
    by: Doer,
    check?: CheckAdmin,
  ): Promise<AdminRecord>;
  /** Ends all sessions and removes the record. Throws 404 `not_found`, 409 `last_company_admin`. */
  remove(id: string, companyId: string, by: Doer, check?: CheckAdmin): Promise<void>;
}

/**
 * Asked inside the transaction, after the record was read and before anything is written: throws
 * where the change must not be made (the record is another one by now, or is still named).
 */
export type CheckAdmin = (known: AdminRecord, transaction: Transaction) => void | Promise<void>;

/** For one who is not there and for one of another company: nobody can tell which. */
export function adminNotFound(): AuroraError {
  return new AuroraError(
    404,
    'not_found',
    'Your company has no supervisor with this id. Check the id.',
  );
}
