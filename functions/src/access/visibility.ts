import { AuroraError } from '../errors.ts';
import type { AdminRecord } from './admin-record.ts';

/** What decides who sees a call; live and archived calls both have it. */
export interface Visible {
  company_id: string;
}

/**
 * Whether this supervisor may see this call, in any form: listed, read, searched, counted. The
 * policy is `company`: every supervisor sees every call of the own company and no other (I6).
 * A call that is not there is not visible.
 */
export function maySee(admin: Pick<AdminRecord, 'company_id'>, call: Visible | undefined): boolean {
  return call !== undefined && call.company_id === admin.company_id;
}

/** Answered for a call that is not there and for one of another company: nobody can tell which. */
export function callNotFound(): AuroraError {
  return new AuroraError(
    404,
    'not_found',
    'There is no such call, or it belongs to another company. Check the id.',
  );
}
