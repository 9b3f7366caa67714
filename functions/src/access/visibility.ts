import { UNKNOWN_WORKER } from '../calls/started.ts';
import { AuroraError } from '../errors.ts';
import type { AdminRole } from './admin-record.ts';
import type { VisibilityPolicy } from './companies.ts';

/** Who looks at calls, with all that decides which ones. */
export interface Viewer {
  adminId: string;
  companyId: string;
  role: AdminRole;
  /** The company's policy. */
  visibility: VisibilityPolicy;
  /** Ids of the workers who are assigned to this supervisor; asked under the policy `own` only. */
  workers: ReadonlySet<string>;
}

/** What decides who sees a call; live and archived calls both have it. */
export interface Visible {
  company_id: string;
  worker_id: string;
  urgency: 'NORMAL' | 'URGENT' | 'CRITICAL';
  admin_id?: string | null | undefined;
  owner?: { kind: 'aurora' | 'supervisor' } | null | undefined;
}

/**
 * Whether this supervisor may see this call, in any form: listed, read, streamed, searched, counted
 * (I6). Nobody sees a call of another company. Under the policy `company` every supervisor sees
 * every call of the own one; under `own` those that are assigned: by `admin_id`, or where there is
 * none by their worker. Calls that burn, that nobody can assign, or that somebody holds are seen by
 * all of the company, and a company_admin sees all. A call that is not there is not visible.
 */
export function maySee(viewer: Viewer, call: Visible | undefined): boolean {
  if (!call || call.company_id !== viewer.companyId) return false;
  if (viewer.visibility === 'company' || viewer.role === 'company_admin') return true;
  if (call.urgency === 'CRITICAL' || call.worker_id === UNKNOWN_WORKER) return true;
  if (call.owner?.kind === 'supervisor') return true;
  return call.admin_id ? call.admin_id === viewer.adminId : viewer.workers.has(call.worker_id);
}

/** Answered for a call that is not there and for one that is hidden: nobody can tell which. */
export function callNotFound(): AuroraError {
  return new AuroraError(
    404,
    'not_found',
    'There is no such call, or it is not one that you may see. Check the id.',
  );
}
