import { randomUUID } from 'node:crypto';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type CollectionReference, type Firestore, getFirestore } from 'firebase-admin/firestore';

/** The real Admin SDK, connected to a Firestore on this machine. */
export interface AdminClient {
  readonly firestore: Firestore;
  /** A collection that no other test uses. */
  collection(): CollectionReference;
  /** A collection id that no other test uses, for collection groups. */
  uniqueId(prefix?: string): string;
  close(): Promise<void>;
}

/** @param host `127.0.0.1:8080`, as in FIRESTORE_EMULATOR_HOST */
export function createAdminClient(host: string, projectId = 'demo-conformance'): AdminClient {
  process.env.FIRESTORE_EMULATOR_HOST = host;
  process.env.METADATA_SERVER_DETECTION = 'none';
  const app = initializeApp({ projectId }, randomUUID());
  const firestore = getFirestore(app);
  const uniqueId = (prefix = 'c') => `${prefix}-${randomUUID()}`;

  return {
    firestore,
    uniqueId,
    collection: () => firestore.collection(uniqueId()),
    async close() {
      await firestore.terminate();
      await deleteApp(app);
    },
  };
}
