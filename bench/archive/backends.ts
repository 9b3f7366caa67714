import { createRequire } from 'node:module';
import { createFirestoreServer } from '../../emulators/firestore/server.ts';
import { createRealtimeDatabaseServer } from '../../emulators/realtime-database/server.ts';
import type { Firestore } from './archiving.ts';

const PROJECT = 'demo-aurora';
const NAMESPACE = `${PROJECT}-default-rtdb`;

export interface Backends {
  /** Of the Realtime Database, its namespace included. */
  url: string;
  firestore: Firestore;
  /** Replaces all of the Realtime Database; no trigger fires. */
  load(content: Record<string, unknown>): void;
  /** All of the Realtime Database. */
  content(): Record<string, unknown>;
  stop(): Promise<void>;
}

/** Both local databases in this process, each on a port, and a client of Firestore. */
export async function startBackends(): Promise<Backends> {
  const [database, documents] = [createRealtimeDatabaseServer(), createFirestoreServer()];
  await Promise.all([database.start(), documents.start()]);
  // Else the client asks Google's metadata server who it is.
  process.env.METADATA_SERVER_DETECTION = 'none';
  // The copy of the functions, whose FieldValue the archive writes.
  const functionsRequire = createRequire(new URL('../../functions/package.json', import.meta.url));
  const client = new (functionsRequire('@google-cloud/firestore').Firestore)({
    projectId: PROJECT,
    host: `127.0.0.1:${documents.port}`,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  return {
    url: `http://127.0.0.1:${database.port}/?ns=${NAMESPACE}`,
    firestore: client,
    load: (content) => database.importJson({ [NAMESPACE]: content }),
    content: () => database.exportJson()[NAMESPACE] as Record<string, unknown>,
    async stop() {
      await client.terminate();
      await Promise.all([database.stop(), documents.stop()]);
    },
  };
}
