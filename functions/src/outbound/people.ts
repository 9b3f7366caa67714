import type { Firestore } from 'firebase-admin/firestore';
import { readAdmin } from '../access/admin-record.ts';
import type { FindWorker } from '../access/worker-lookup.ts';
import { normalizeNumber } from '../calls/phone.ts';
import { stored } from '../paths.ts';

export interface People {
  /** Whether a worker or an admin of the company has the number. Rejects when nobody can say. */
  isPerson(companyId: string, e164: string): Promise<boolean>;
}

/** Milliseconds for which it is believed that somebody has a number. */
const BELIEVED = 60_000;
/** Numbers that are remembered. */
const MOST_KNOWN = 5_000;

/**
 * Who has a number, within the one company (I6). That somebody has it is remembered, so that a page
 * does not wait for Firestore twice; that nobody has it never is.
 */
export function createPeople(options: {
  firestore: () => Promise<Firestore>;
  findWorker: FindWorker;
  /** Epoch milliseconds. */
  now: () => number;
}): People {
  const { firestore, findWorker, now } = options;
  const known = new Map<string, number>();

  async function isPerson(companyId: string, e164: string): Promise<boolean> {
    const key = `${companyId} ${e164}`;
    if (now() - (known.get(key) ?? Number.NEGATIVE_INFINITY) < BELIEVED) return true;
    const [admin, worker] = await Promise.all([
      isAdmin(companyId, e164),
      findWorker(companyId, e164),
    ]);
    if (!admin && !worker) return false;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, now());
    return true;
  }

  /** Numbers that were entered by hand may be spelled in another way, so all of them are compared. */
  async function isAdmin(companyId: string, e164: string): Promise<boolean> {
    const { docs } = await (await firestore())
      .collection(stored.admins)
      .where('company_id', '==', companyId)
      .get();
    return docs.map(readAdmin).some((admin) => {
      return admin?.phone !== undefined && !admin.disabled && normalizeNumber(admin.phone) === e164;
    });
  }

  return { isPerson };
}
