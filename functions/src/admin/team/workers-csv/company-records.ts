import {
  type DocumentSnapshot,
  FieldPath,
  type Firestore,
  type Query,
} from 'firebase-admin/firestore';
import { stored } from '../../../paths.ts';
import { available } from '../../available.ts';
import { textOrNull } from '../fields.ts';
import { viewWorker, type WorkerView } from '../worker-records.ts';
import { createDirectory, type Directory } from './directory.ts';

/** Documents of one answer of the database. */
const BATCH = 1_000;

/** All workers of the company, in the order of their ids. */
export async function readWorkers(firestore: Firestore, companyId: string): Promise<WorkerView[]> {
  const mine = firestore.collection(stored.workers).where('company_id', '==', companyId);
  const documents = await readAll(mine);
  return documents.map((document) => viewWorker(document.id, document.data() ?? {}));
}

/** What files call the company's sites and supervisors. */
export async function readDirectory(firestore: Firestore, companyId: string): Promise<Directory> {
  const [sites, admins] = await Promise.all([
    readAll(firestore.collection(stored.sites(companyId))),
    readAll(firestore.collection(stored.admins).where('company_id', '==', companyId)),
  ]);
  return createDirectory(
    sites.map((site) => ({ id: site.id, name: textOrNull(site.get('name')) ?? '' })),
    admins.map((admin) => ({ id: admin.id, email: textOrNull(admin.get('email')) ?? '' })),
  );
}

async function readAll(query: Query): Promise<DocumentSnapshot[]> {
  const ordered = query.orderBy(FieldPath.documentId());
  const all: DocumentSnapshot[] = [];
  for (let last: DocumentSnapshot | undefined; ; last = all.at(-1)) {
    const { docs } = await available(
      (last ? ordered.startAfter(last) : ordered).limit(BATCH).get(),
    );
    all.push(...docs);
    if (docs.length < BATCH) return all;
  }
}
