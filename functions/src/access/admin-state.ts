import { z } from 'zod';
import { changeAt, type LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { AdminRole } from './admin-record.ts';
import { COMPANY_ID } from './companies.ts';

/**
 * What a token is checked against, in the Realtime Database so that requests read it fast and
 * streams can listen to it. `admins/{id}` in Firestore is who somebody is; this is what they may do.
 */
export const AdminState = z.object({
  role: AdminRole,
  company_id: z.string().regex(COMPANY_ID),
  disabled: z.boolean().default(false),
  /** Epoch milliseconds: tokens that were issued before do not count. */
  not_before: z.number().default(0),
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
