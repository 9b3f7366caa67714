import { createFirestoreServer } from '../../emulators/firestore/server.ts';
import { createRealtimeDatabaseServer } from '../../emulators/realtime-database/server.ts';
import { localEnvironment } from '../../emulators/suite/local-environment.ts';
import { choosePorts } from '../../emulators/suite/ports.ts';
import { seedDemoData } from '../../emulators/suite/seed.ts';

const PROJECT = 'demo-aurora';

export interface Backends {
  /** What a function needs in its environment to find them; each way has a namespace of its own. */
  environment(way: string): Record<string, string>;
  /** Replaces what the way's namespace holds. */
  load(way: string, content: Record<string, unknown>): void;
  content(way: string): Record<string, unknown>;
  /** As the mirror writes: by REST. */
  write(way: string, path: string, value: unknown): Promise<void>;
  stop(): Promise<void>;
}

/** Both local databases in this process, Firestore with the demo companies. */
export async function startBackends(directory: string): Promise<Backends> {
  const [database, firestore] = [createRealtimeDatabaseServer(), createFirestoreServer()];
  await Promise.all([database.start(), firestore.start()]);
  // Else the client that seeds it asks Google's metadata server who it is.
  process.env.METADATA_SERVER_DETECTION = 'none';
  const hosts = {
    database: `127.0.0.1:${database.port}`,
    firestore: `${firestore.host}:${firestore.port}`,
  };
  await seedDemoData({ ...hosts, project: PROJECT, namespace: namespaceOf('seed') });
  const ports = choosePorts({}, {});
  const { settings, secrets } = localEnvironment(PROJECT, ports, directory, directory, {});

  return {
    environment: (way) => ({
      ...settings,
      ...secrets,
      // The clients say for themselves from where they come.
      PROXY_HOPS: '1',
      FUNCTION_TARGET: 'streams',
      GCLOUD_PROJECT: PROJECT,
      FIREBASE_CONFIG: JSON.stringify({
        projectId: PROJECT,
        databaseURL: `http://${hosts.database}/?ns=${namespaceOf(way)}`,
      }),
      FIRESTORE_EMULATOR_HOST: hosts.firestore,
    }),
    load: (way, content) => database.importJson({ [namespaceOf(way)]: content }),
    content: (way) => database.exportJson()[namespaceOf(way)] as Record<string, unknown>,
    async write(way, path, value) {
      const url = `http://${hosts.database}/${path}.json?print=silent&ns=${namespaceOf(way)}`;
      const headers = { authorization: 'Bearer owner' };
      const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(value) });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`The Realtime Database answered ${answer.status}.`);
    },
    async stop() {
      await Promise.all([database.stop(), firestore.stop()]);
    },
  };
}

function namespaceOf(way: string): string {
  return `${PROJECT}-${way}`;
}
