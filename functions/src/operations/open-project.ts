import { applicationDefault, deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { createArchive } from '../archive/archive.ts';
import { createSettle } from '../archive/settle.ts';
import { createLiveDatabase, type LiveDatabase } from '../live-database.ts';
import { createMirror, type Mirror } from '../mirror/apply.ts';
import type { Target } from './target.ts';

export interface OpenProject {
  firestore: Firestore;
  database: LiveDatabase;
  mirror: Mirror;
  close(): Promise<void>;
}

/**
 * The rooms that an operator's command needs, joined for one project: the same mirror as the
 * functions run, with the operator's own credentials (application default) where it is deployed.
 * @param timeZone in which times are written
 */
export function openProject(target: Target, timeZone: string): OpenProject {
  const { projectId, databaseUrl, isLocal } = target;
  const now = () => Date.now();
  const credential = isLocal ? undefined : applicationDefault();
  const app = initializeApp({ projectId, ...(credential && { credential }) });
  const firestore = getFirestore(app);
  const accessToken = async () => {
    // What the local suite takes as an administrator's.
    if (credential === undefined) return 'owner';
    return (await credential.getAccessToken()).access_token;
  };
  const database = createLiveDatabase({ url: databaseUrl, accessToken });
  const archive = createArchive(firestore, timeZone);
  const settle = createSettle({ database, archive, now, timeZone });
  return {
    firestore,
    database,
    mirror: createMirror({ database, archive: settle, now }),
    close: () => deleteApp(app),
  };
}
