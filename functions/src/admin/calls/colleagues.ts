import type { Firestore } from 'firebase-admin/firestore';
import { ADMIN_ID, readAdmin } from '../../access/admin-record.ts';
import { stored } from '../../paths.ts';
import type { Colleague } from './takeover-desk.ts';

/** Finds somebody of one company by id; nobody of another one is found (I6). */
export function createColleagues(firestore: () => Promise<Firestore>) {
  return async function colleague(
    companyId: string,
    adminId: string,
  ): Promise<Colleague | undefined> {
    if (!ADMIN_ID.test(adminId)) return undefined;
    const admin = readAdmin(await (await firestore()).doc(stored.admin(adminId)).get());
    return admin?.company_id === companyId ? admin : undefined;
  };
}
