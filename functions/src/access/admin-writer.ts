import { FieldValue, type Firestore, type Transaction } from 'firebase-admin/firestore';
import type { Audit, AuditEntry } from '../admin/audit.ts';
import { AuroraError } from '../errors.ts';
import { stored } from '../paths.ts';
import { type AdminRecord, readAdmin } from './admin-record.ts';
import {
  type AdminStates,
  advanced,
  endsSessions,
  narrowed,
  signedOut,
  stateOf,
} from './admin-state.ts';

/** What becomes of a record. */
export interface Decision {
  /** Absent: the record is removed. */
  after?: AdminRecord;
  entry: AuditEntry;
  /** Ends all sessions, although nothing is taken away. */
  signOut?: boolean;
  /** Writes beside the record, in the same transaction. */
  alsoWrite?: (transaction: Transaction) => void;
}

export type Decide = (before: AdminRecord, transaction: Transaction) => Promise<Decision>;

export interface AdminWriter {
  /**
   * Changes one record in `admins/` and what its tokens are checked against, in an order in which
   * nobody can do more than either allows, wherever it breaks off: what is taken away is taken
   * from `admin_state` before the record is written, what is given is given after. The same change
   * again mends one that broke off. `decide` reads before it answers, may run several times, and
   * throws to refuse. Answers the record as it is then.
   */
  write(id: string, companyId: string, decide: Decide): Promise<AdminRecord | undefined>;
}

export interface AdminWriterOptions {
  firestore: Firestore;
  states: AdminStates;
  audit: Audit;
  /** Told when somebody's sessions may have ended, so that this instance believes no old answer. */
  forget: (adminId: string) => void;
  /** Epoch milliseconds. */
  now: () => number;
}

export function createAdminWriter(options: AdminWriterOptions): AdminWriter {
  const { firestore, states, audit, forget, now } = options;

  async function write(id: string, companyId: string, decide: Decide) {
    let isNarrowed = false;
    let signOut = false;
    let target: AdminRecord | undefined;
    let after: AdminRecord | undefined;

    async function attempt(transaction: Transaction): Promise<void> {
      const reference = firestore.doc(stored.admin(id));
      const before = readAdmin(await transaction.get(reference));
      if (before?.company_id !== companyId) throw adminNotFound();
      target = before;
      const decision = await decide(before, transaction);
      if (decision.after && isSame(before, decision.after)) {
        after = before;
        return;
      }
      const version = before.version + 1;
      after = decision.after && { ...decision.after, version };
      const next = after ?? { ...before, disabled: true, version };
      signOut = decision.signOut === true || endsSessions(stateOf(before), stateOf(next));
      isNarrowed = (await narrow(before, next, signOut)) || isNarrowed;
      if (after) transaction.update(reference, fieldsOf(after));
      else transaction.delete(reference);
      decision.alsoWrite?.(transaction);
      audit.recordIn(transaction, decision.entry);
      target = next;
    }

    try {
      await firestore.runTransaction(attempt);
    } catch (error) {
      // Refused on a further attempt: what was taken away is given back.
      if (isNarrowed && target && error instanceof AuroraError) await widen(target, false);
      throw error;
    }
    if (target) await widen(target, signOut);
    return after;
  }

  /** Whether anything was taken away. */
  async function narrow(before: AdminRecord, next: AdminRecord, signOut: boolean) {
    const known = (await states.read(before.id)) ?? stateOf(before);
    const isLess = !isSame(known, narrowed(known, stateOf(next)));
    if (!isLess && !signOut) return false;
    await states.change(before.id, (state = stateOf(before)) => ({
      ...narrowed(state, stateOf(next)),
      not_before: signOut ? Math.max(state.not_before, now()) : state.not_before,
    }));
    forget(before.id);
    return true;
  }

  /**
   * Sessions end once more: somebody may have signed in meanwhile by what the old record said. Such
   * a token counts as issued when the record was read (see admin/login.ts), which was before now.
   */
  async function widen(admin: AdminRecord, signOut: boolean): Promise<void> {
    await states.change(admin.id, (known) => {
      const state = advanced(known, stateOf(admin));
      return signOut ? signedOut(state, now()) : state;
    });
    forget(admin.id);
  }

  return { write };
}

/** For one who is not there and for one of another company: nobody can tell which. */
export function adminNotFound(): AuroraError {
  return new AuroraError(
    404,
    'not_found',
    'Your company has no supervisor with this id. Check the id.',
  );
}

const OPTIONAL = ['password_hash', 'phone', 'totp_secret', 'totp_pending', 'link_hash'] as const;

/** As Firestore's update takes it: what is absent is removed, what we don't know stays. */
function fieldsOf({ id: _, ...admin }: AdminRecord): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...admin };
  for (const name of OPTIONAL) fields[name] = admin[name] ?? FieldValue.delete();
  return fields;
}

function isSame(a: object, b: object): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<never>;
  return [...names].every((name) => a[name] === b[name]);
}
