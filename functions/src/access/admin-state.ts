import { z } from 'zod';
import { changeAt, type LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { type AdminRecord, AdminRole, RANKS } from './admin-record.ts';
import { COMPANY_ID } from './companies.ts';

/**
 * What a token is checked against, in the Realtime Database so that requests read it fast and
 * streams can listen to it. `admins/{id}` in Firestore is who somebody is; this is what they may do.
 */
export const AdminState = z.object({
  role: AdminRole,
  company_id: z.string().regex(COMPANY_ID),
  disabled: z.boolean().default(false),
  operator: z.boolean().default(false),
  /** Epoch milliseconds: tokens that were issued before do not count. */
  not_before: z.number().default(0),
  /** Whether a second factor is set up. */
  totp: z.boolean().default(false),
  /** Of the record that it was written from. */
  version: z.number().default(0),
});
export type AdminState = z.infer<typeof AdminState>;

/** Tries at one change against others who change the same state. */
const MOST_TRIES = 5;

export interface AdminStates {
  /** Undefined for somebody who is not there (any more), or whose state is malformed. */
  read(adminId: string): Promise<AdminState | undefined>;
  /** Creates the state where there is none, so that a supervisor of old can sign in. */
  ensure(adminId: string, state: AdminState): Promise<void>;
  /** Changes it by compare-and-set; `undefined` removes it. Throws 503 `contended`. */
  change(
    adminId: string,
    to: (known: AdminState | undefined) => AdminState | undefined,
  ): Promise<void>;
}

export function createAdminStates(database: LiveDatabase): AdminStates {
  return {
    async read(adminId) {
      const { value } = await database.read(live.adminState(adminId));
      return AdminState.safeParse(value).data;
    },
    async ensure(adminId, state) {
      await database.create(live.adminState(adminId), state);
    },
    async change(adminId, to) {
      await changeAt(database, live.adminState(adminId), MOST_TRIES, (value) =>
        to(AdminState.safeParse(value).data),
      );
    },
  };
}

/** The state that follows from a record, for somebody whose tokens were never ended. */
export function stateOf(admin: AdminRecord): AdminState {
  const { role, company_id, disabled, operator, totp_secret, version } = admin;
  const totp = totp_secret !== undefined;
  return { role, company_id, disabled, operator, totp, version, not_before: 0 };
}

/**
 * The state before its record is changed: what both allow and no more, so that nobody can do what
 * is about to be taken away, wherever the change breaks off.
 */
export function narrowed(known: AdminState, target: AdminState): AdminState {
  return {
    ...known,
    role: RANKS.indexOf(target.role) < RANKS.indexOf(known.role) ? target.role : known.role,
    disabled: known.disabled || target.disabled,
    operator: known.operator && target.operator,
    totp: known.totp && target.totp,
  };
}

/** Whether sessions have to end: less may be done than before. */
export function endsSessions(known: AdminState, target: AdminState): boolean {
  const after = narrowed(known, target);
  return after.role !== known.role || after.disabled !== known.disabled;
}

/** The state after its record was changed, unless a later change was written already. */
export function advanced(known: AdminState | undefined, target: AdminState): AdminState {
  if (known && known.version > target.version) return known;
  return { ...target, not_before: known?.not_before ?? 0 };
}

/** The state with all tokens void that were issued until now; epoch milliseconds. */
export function signedOut(known: AdminState, now: number): AdminState {
  return { ...known, not_before: Math.max(known.not_before, now) };
}
