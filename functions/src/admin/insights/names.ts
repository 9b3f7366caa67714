import type { Firestore } from 'firebase-admin/firestore';
import { stored } from '../../paths.ts';
import { RecordId } from '../team/fields.ts';

/** Names as they are now, by id; who was removed has none. */
export interface Names {
  sites: ReadonlyMap<string, string>;
  /** Null for those who don't get to see who called. */
  workers: ReadonlyMap<string, string> | null;
}

/** Documents that one request looks up. */
const AT_ONCE = 300;

export async function siteNames(
  firestore: Firestore,
  companyId: string,
): Promise<Map<string, string>> {
  const { docs } = await firestore.collection(stored.sites(companyId)).select('name').get();
  return new Map(docs.map((document) => [document.id, String(document.get('name') ?? '')]));
}

/** Only of workers of this company, whatever the ids. */
export async function workerNames(
  firestore: Firestore,
  companyId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const known = ids.filter((id) => RecordId.safeParse(id).success);
  const names = new Map<string, string>();
  for (let from = 0; from < known.length; from += AT_ONCE) {
    const some = known.slice(from, from + AT_ONCE).map((id) => firestore.doc(stored.worker(id)));
    const documents = await firestore.getAll(...some, { fieldMask: ['name', 'company_id'] });
    for (const document of documents) {
      const name: unknown = document.get('name');
      if (document.get('company_id') !== companyId || typeof name !== 'string') continue;
      names.set(document.id, name);
    }
  }
  return names;
}
