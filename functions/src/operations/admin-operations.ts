import type { Firestore, Transaction } from 'firebase-admin/firestore';
import type { AdminAccounts } from '../access/admin-accounts.ts';
import { type AdminRecord, normalizeEmail, readAdmin } from '../access/admin-record.ts';
import type { AdminWriter } from '../access/admin-writer.ts';
import type { Links } from '../access/links.ts';
import type { Audit, AuditEntry } from '../admin/audit.ts';
import { AuroraError } from '../errors.ts';
import { stored } from '../paths.ts';

export interface NewCompany {
  companyId: string;
  companyName: string;
  email: string;
  adminName: string;
  /** IANA name; absent: the installation's. */
  timeZone?: string | undefined;
  /** E.164. */
  number?: string | undefined;
  /** Takes the number from the company that has it. */
  move: boolean;
}

export interface AdminOperationOptions {
  firestore: Firestore;
  audit: Audit;
  accounts: AdminAccounts;
  writer: AdminWriter;
  links: Links;
  /** Who sits at the terminal, for the audit log. */
  operator: string;
}

export interface CompanySummary {
  id: string;
  name: string;
  numbers: string[];
  admins: AdminRecord[];
}

/** What an operator does who has the project's credentials and no account in Aurora. */
export function createAdminOperations(options: AdminOperationOptions) {
  const { firestore, audit, accounts, writer, links } = options;
  const who: AuditEntry['who'] = { kind: 'operator', id: options.operator };

  /** The company where it is missing, its number, its first company_admin, and a link for them. */
  async function create(asked: NewCompany) {
    const { companyId, number, move } = asked;
    await mustBeFree(asked.email);
    if (number !== undefined) await mustBeClaimable(companyId, number, move);
    const isNew = await createCompany(asked);
    if (number !== undefined) await claimNumber(companyId, number, move);
    const admin = await accounts.create(
      { company_id: companyId, email: asked.email, name: asked.adminName, role: 'company_admin' },
      { company_id: companyId, who },
    );
    return { isNew, admin, link: await linkFor(admin, false) };
  }

  /**
   * A link for somebody who is there: an invitation until a password was chosen, then a reset.
   * What tokens are checked against is written anew from the record on the way.
   */
  async function link(email: string, clearTotp: boolean) {
    const [admin] = await byEmail(email);
    if (!admin) throw refused('Nobody has this e-mail address: see list, or create.');
    await writer.write(admin.id, admin.company_id, async (before) => ({
      after: before,
      entry: { company_id: admin.company_id, who, action: 'admin.changed', target: admin.id },
    }));
    return { admin, link: await linkFor(admin, clearTotp) };
  }

  /** Whether anything changed. The same again mends a change that broke off. */
  async function operator(email: string, on: boolean): Promise<boolean> {
    const [admin] = await byEmail(email);
    if (!admin) throw refused('Nobody has this e-mail address: see list, or create.');
    let changed = false;
    await writer.write(admin.id, admin.company_id, async (before) => {
      changed = before.operator !== on;
      return {
        after: { ...before, operator: on },
        entry: {
          company_id: admin.company_id,
          who,
          action: 'admin.changed',
          target: admin.id,
          before: { operator: before.operator },
          after: { operator: on },
        },
      };
    });
    return changed;
  }

  async function number(companyId: string, e164: string, move: boolean): Promise<boolean> {
    const company = await firestore.doc(stored.company(companyId)).get();
    if (!company.exists) throw refused(`There is no company ${companyId}: see list, or create.`);
    return claimNumber(companyId, e164, move);
  }

  async function list(): Promise<CompanySummary[]> {
    const [companies, numbers, admins] = await Promise.all(
      [stored.companies, stored.numbers, stored.admins].map((name) =>
        firestore.collection(name).get(),
      ),
    );
    const staff = (admins?.docs ?? []).map(readAdmin).filter((admin) => admin !== undefined);
    const ofNumbers = (numbers?.docs ?? []).map((each) => ({
      id: each.id,
      companyId: String(each.get('company_id')),
    }));
    const names = new Map((companies?.docs ?? []).map((each) => [each.id, each.get('name')]));
    const ids = new Set([
      ...names.keys(),
      ...staff.map(({ company_id }) => company_id),
      ...ofNumbers.map(({ companyId }) => companyId),
    ]);
    return [...ids].sort().map((id) => ({
      id,
      name: String(names.get(id) ?? ''),
      numbers: ofNumbers.filter(({ companyId }) => companyId === id).map((each) => each.id),
      admins: staff.filter(({ company_id }) => company_id === id),
    }));
  }

  function linkFor(admin: AdminRecord, clearTotp: boolean) {
    const kind = admin.password_hash === undefined ? 'invitation' : 'reset';
    const { id: adminId, company_id: companyId } = admin;
    return links.make({ adminId, companyId, kind, clearTotp, by: { company_id: companyId, who } });
  }

  async function byEmail(email: string): Promise<AdminRecord[]> {
    const { docs } = await firestore
      .collection(stored.admins)
      .where('email', '==', normalizeEmail(email))
      .get();
    return docs.map(readAdmin).filter((admin) => admin !== undefined);
  }

  async function mustBeFree(email: string): Promise<void> {
    if ((await byEmail(email)).length === 0) return;
    throw refused('Somebody with this e-mail address is there already: see list, and link.');
  }

  async function mustBeClaimable(companyId: string, e164: string, move: boolean): Promise<void> {
    const owner = (await firestore.doc(stored.number(e164)).get()).get('company_id');
    mayClaim(owner, companyId, move);
  }

  /** Whether there was none. */
  function createCompany({ companyId, companyName, timeZone }: NewCompany): Promise<boolean> {
    return firestore.runTransaction(async (transaction) => {
      const reference = firestore.doc(stored.company(companyId));
      if ((await transaction.get(reference)).exists) return false;
      const after = { name: companyName, ...(timeZone !== undefined && { time_zone: timeZone }) };
      transaction.create(reference, after);
      record(transaction, { action: 'company.created', target: companyId, after }, companyId);
      return true;
    });
  }

  /** Whether anything changed. */
  function claimNumber(companyId: string, e164: string, move: boolean): Promise<boolean> {
    return firestore.runTransaction(async (transaction) => {
      const reference = firestore.doc(stored.number(e164));
      const owner: unknown = (await transaction.get(reference)).get('company_id');
      if (owner === companyId) return false;
      mayClaim(owner, companyId, move);
      const after = { company_id: companyId };
      // The whole document: a site of the other company must not stay.
      transaction.set(reference, after);
      const before = owner === undefined ? null : { company_id: owner };
      record(transaction, { action: 'number.claimed', target: e164, before, after }, companyId);
      return true;
    });
  }

  function record(
    transaction: Transaction,
    entry: Pick<AuditEntry, 'action' | 'target' | 'before' | 'after'>,
    companyId: string,
  ): void {
    audit.recordIn(transaction, { ...entry, company_id: companyId, who });
  }

  return { create, link, operator, number, list };
}

function mayClaim(owner: unknown, companyId: string, move: boolean): void {
  if (owner === undefined || owner === companyId || move) return;
  throw refused(
    `The number belongs to the company ${owner}: its calls would go to ${companyId} from now on. Add --move if they should.`,
  );
}

function refused(message: string): AuroraError {
  return new AuroraError(409, 'refused', message);
}
