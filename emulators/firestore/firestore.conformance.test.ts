import { afterAll, beforeAll, describe } from 'vitest';
import { aggregationTests } from './conformance/aggregations.ts';
import { documentTests } from './conformance/documents.ts';
import { listenerTests } from './conformance/listeners.ts';
import { listTests } from './conformance/lists.ts';
import { operatorTests } from './conformance/operators.ts';
import { queryTests } from './conformance/queries.ts';
import { transactionTests } from './conformance/transactions.ts';
import { writeTests } from './conformance/writes.ts';
import { createFirestoreServer, type FirestoreServer } from './server.ts';
import { type AdminClient, createAdminClient } from './testing/admin-client.ts';

/**
 * What the Admin SDK may expect of any Firestore. With CONFORMANCE_FIRESTORE_HOST=127.0.0.1:8080
 * the suite asks the official emulator instead of ours.
 */
describe.concurrent('Firestore, as the Admin SDK sees it', () => {
  let server: FirestoreServer | undefined;
  let client: AdminClient | undefined;

  beforeAll(async () => {
    let host = process.env.CONFORMANCE_FIRESTORE_HOST;
    if (!host) {
      server = createFirestoreServer();
      await server.start();
      host = `${server.host}:${server.port}`;
    }
    client = createAdminClient(host);
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  const connected = (): AdminClient => {
    if (!client) throw new Error('The tests started before their server.');
    return client;
  };

  documentTests(connected);
  writeTests(connected);
  queryTests(connected);
  operatorTests(connected);
  aggregationTests(connected);
  transactionTests(connected);
  listenerTests(connected);
  listTests(connected);
});
