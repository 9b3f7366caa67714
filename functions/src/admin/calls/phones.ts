import type { Firestore } from 'firebase-admin/firestore';
import { readAdmin } from '../../access/admin-record.ts';
import { stored } from '../../paths.ts';

/** The phone that stands in a supervisor's own record, E.164; undefined where there is none. */
export function createPhones(firestore: () => Promise<Firestore>) {
  return async function phoneOf(adminId: string): Promise<string | undefined> {
    const document = await (await firestore()).doc(stored.admin(adminId)).get();
    return readAdmin(document)?.phone;
  };
}
