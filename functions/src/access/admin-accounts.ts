import { randomUUID } from 'node:crypto';
import type { Firestore, Transaction } from 'firebase-admin/firestore';
import type { Audit, Doer } from '../admin/audit.ts';
import { AuroraError } from '../errors.ts';
import { stored } from '../paths.ts';
import { createAdminEmails } from './admin-emails.ts';
import { type AdminRecord, type AdminRole, normalizeEmail, readAdmin } from './admin-record.ts';
import { type AdminStates, stateOf } from './admin-state.ts';
import type { AdminWriter } from './admin-writer.ts';

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
  /**
   * Ends all sessions and removes the record. What is left in `admin_state` is disabled for ever, so
   * that nobody who is just signing in brings it back. Throws 404 `not_found`, 409
   * `last_company_admin`.
   */
  remove(id: string, companyId: string, by: Doer, check?: CheckAdmin): Promise<void>;
}

/**
 * Asked inside the transaction, after the record was read and before anything is written: throws
 * where the change must not be made, since the record is another one by now or is still named.
 */
export type CheckAdmin = (known: AdminRecord, transaction: Transaction) => void | Promise<void>;

export interface AdminAccountOptions {
  firestore: Firestore;
  states: AdminStates;
  audit: Audit;
  writer: AdminWriter;
  newId?: () => string;
}

export function createAdminAccounts(options: AdminAccountOptions): AdminAccounts {
  const { firestore, states, audit, writer, newId = () => `admin_${randomUUID()}` } = options;
  const emails = createAdminEmails(firestore);

  async function create(fields: NewAdmin, by: Doer): Promise<AdminRecord> {
    const { phone, ...rest } = fields;
    const admin: AdminRecord = {
      ...rest,
      ...(phone !== undefined && { phone }),
      id: newId(),
      email: normalizeEmail(fields.email),
      disabled: false,
      operator: false,
      version: 1,
    };
    await firestore.runTransaction(async (transaction) => {
      await emails.mustBeFree(transaction, admin.email, admin.id);
      const { id, ...document } = admin;
      transaction.create(firestore.doc(stored.admin(id)), document);
      emails.claim(transaction, admin.email, id);
      audit.recordIn(transaction, {
        ...by,
        company_id: admin.company_id,
        action: 'admin.created',
        target: id,
        after: shown(admin),
      });
    });
    // Should this fail, the first sign-in does it.
    await states.ensure(admin.id, stateOf(admin));
    return admin;
  }

  async function change(
    id: string,
    companyId: string,
    patch: AdminPatch,
    by: Doer,
    check?: CheckAdmin,
  ) {
    const admin = await writer.write(id, companyId, async (before, transaction) => {
      await check?.(before, transaction);
      const after = patched(before, patch);
      const isMoved = after.email !== before.email;
      if (isMoved) await emails.mustBeFree(transaction, after.email, id);
      const release = isMoved && (await emails.held(transaction, before.email, id));
      if (!isManaging(after)) await mustNotBeLast(transaction, before);
      return {
        after,
        entry: {
          ...by,
          company_id: companyId,
          action: 'admin.changed',
          target: id,
          before: shown(before),
          after: shown(after),
        },
        alsoWrite: () => {
          if (isMoved) emails.claim(transaction, after.email, id);
          if (release) emails.release(transaction, before.email);
        },
      };
    });
    return admin as AdminRecord;
  }

  async function remove(id: string, companyId: string, by: Doer, check?: CheckAdmin) {
    await writer.write(id, companyId, async (before, transaction) => {
      await check?.(before, transaction);
      const release = await emails.held(transaction, before.email, id);
      await mustNotBeLast(transaction, before);
      return {
        entry: {
          ...by,
          company_id: companyId,
          action: 'admin.removed',
          target: id,
          before: shown(before),
        },
        alsoWrite: () => {
          if (release) emails.release(transaction, before.email);
        },
      };
    });
  }

  /** Read in the transaction: of two who step down at once, one is told to stay. */
  async function mustNotBeLast(transaction: Transaction, admin: AdminRecord): Promise<void> {
    if (!isManaging(admin)) return;
    const found = await transaction.get(
      firestore
        .collection(stored.admins)
        .where('company_id', '==', admin.company_id)
        .where('role', '==', 'company_admin'),
    );
    const others = found.docs.map(readAdmin).filter((other) => other && other.id !== admin.id);
    if (others.some((other) => other && isManaging(other))) return;
    throw new AuroraError(
      409,
      'last_company_admin',
      'This is the last company_admin who can manage the company. Give somebody else that role first.',
    );
  }

  return { create, change, remove };
}

function isManaging({ role, disabled }: AdminRecord): boolean {
  return role === 'company_admin' && !disabled;
}

function patched(admin: AdminRecord, { phone, email, name, role, disabled }: AdminPatch) {
  const after: AdminRecord = {
    ...admin,
    email: email === undefined ? admin.email : normalizeEmail(email),
    name: name ?? admin.name,
    role: role ?? admin.role,
    disabled: disabled ?? admin.disabled,
  };
  if (typeof phone === 'string') after.phone = phone;
  if (phone === null) delete after.phone;
  // Whoever manages a company must not become an operator by taking over an operator's account.
  if (after.email !== admin.email) after.operator = false;
  // A link that was sent to another address, or to somebody who is disabled, is void.
  if (after.email !== admin.email || after.disabled) delete after.link_hash;
  return after;
}

/** What the audit log shows of a record: no secret of any kind. */
function shown({ email, name, role, phone, disabled, operator }: AdminRecord) {
  return { email, name, role, phone: phone ?? null, disabled, ...(operator && { operator }) };
}
