import { randomUUID } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll } from 'vitest';
import { createFirestoreServer } from '../../../emulators/firestore/server.ts';

/** A Firestore server for the tests of one file, and an empty database for each test. */
export function useFirestore() {
  const server = createFirestoreServer({ port: 0 });
  const clients: Firestore[] = [];
  beforeAll(() => server.start());
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.terminate()));
    await server.stop();
  });
  return function emptyFirestore(): Firestore {
    const client = new Firestore({
      projectId: `t-${randomUUID()}`,
      host: `127.0.0.1:${server.port}`,
      ssl: false,
      customHeaders: { Authorization: 'Bearer owner' },
    });
    clients.push(client);
    return client;
  };
}
