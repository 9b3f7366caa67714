import type { Firestore } from 'firebase-admin/firestore';
import { stored } from '../paths.ts';
import type { Companies } from './companies.ts';
import type { Principal } from './gate.ts';
import type { Viewer } from './visibility.ts';

export interface Viewers {
  /** With all that decides which calls they see. Throws when it cannot be read. */
  of(principal: Principal): Promise<Viewer>;
}

/** Milliseconds for which it is believed who is assigned to whom. */
const FRESH = 10_000;

const NOBODY: ReadonlySet<string> = new Set();

export function createViewers(options: {
  companies: Companies;
  firestore: () => Promise<Firestore>;
  /** Epoch milliseconds. */
  now: () => number;
}): Viewers {
  const assigned = new Map<string, { at: number; workers: ReadonlySet<string> }>();

  async function of({ adminId, companyId, role }: Principal): Promise<Viewer> {
    const { visibility } = await options.companies.of(companyId);
    const asked = visibility === 'own' && role !== 'company_admin';
    const workers = asked ? await workersOf(companyId, adminId) : NOBODY;
    return { adminId, companyId, role, visibility, workers };
  }

  async function workersOf(companyId: string, adminId: string): Promise<ReadonlySet<string>> {
    const key = `${companyId}/${adminId}`;
    const known = assigned.get(key);
    if (known && options.now() - known.at < FRESH) return known.workers;
    const firestore = await options.firestore();
    const found = await firestore
      .collection(stored.workers)
      .where('company_id', '==', companyId)
      .where('admin_id', '==', adminId)
      .select()
      .get();
    const workers = new Set(found.docs.map(({ id }) => id));
    assigned.set(key, { at: options.now(), workers });
    return workers;
  }

  return { of };
}
