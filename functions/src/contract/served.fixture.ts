import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Firestore } from '@google-cloud/firestore';
import express, { type Request, type Response } from 'express';
import { afterAll, beforeAll, vi } from 'vitest';
import { createFirestoreServer } from '../../../emulators/firestore/server.ts';
import { createRealtimeDatabaseServer } from '../../../emulators/realtime-database/server.ts';
import { createTwilioRestServer } from '../../../emulators/twilio/rest-server.ts';
import firebase from '../../../firebase.json' with { type: 'json' };
import { createLiveDatabase } from '../live-database.ts';

/** What the deployed functions are given, and what they answer under Hosting's addresses. */

const PROJECT = 'demo-aurora';
const ACCOUNT = `AC${'0'.repeat(32)}`;
export const SECRET = 'the-secret-of-the-contract-with-forty-characters';
export const OLD_SECRET = 'the-secret-before-it-with-forty-characters-too';

type Handler = (request: Request, response: Response) => unknown;

const LARGEST = 2_000_000;

/**
 * The exported functions over real, empty databases, behind the rewrites of firebase.json: whatever
 * is not wired, deployed or rewritten is missing here, too. Once for the tests of one file.
 */
export function useServed() {
  const database = createRealtimeDatabaseServer({ port: 0 });
  const firestoreServer = createFirestoreServer({ port: 0, indexes: deployedIndexes() });
  const twilio = createTwilioRestServer({ port: 0, accountSid: ACCOUNT, authToken: 'local-token' });
  const server = createServer();
  let functions: Record<string, Handler>;
  let firestore: Firestore;

  beforeAll(async () => {
    await Promise.all([database.start(), firestoreServer.start(), twilio.start()]);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const databaseURL = `http://127.0.0.1:${database.port}/?ns=${PROJECT}`;
    Object.assign(process.env, {
      FIREBASE_CONFIG: JSON.stringify({ projectId: PROJECT, databaseURL }),
      GCLOUD_PROJECT: PROJECT,
      FIRESTORE_EMULATOR_HOST: `127.0.0.1:${firestoreServer.port}`,
      FIREBASE_DATABASE_EMULATOR_HOST: `127.0.0.1:${database.port}`,
      DATABASE_ACCESS_TOKEN: 'owner',
      TASK_QUEUE: 'emulator',
      CLOUD_TASKS_EMULATOR_HOST: '127.0.0.1:1',
      PUBLIC_BASE_URL: address(),
      TWILIO_ACCOUNT_SID: ACCOUNT,
      TWILIO_AUTH_TOKEN: 'local-token',
      TWILIO_API_BASE_URL: `http://127.0.0.1:${twilio.port}`,
      JWT_SECRET: `${SECRET},${OLD_SECRET}`,
      PROXY_HOPS: '0',
      HOSTING_HOPS: '0',
      REQUESTS_PER_TOKEN: '1000000',
      REQUESTS_PER_ADDRESS: '1000000',
      STREAMS_PER_TOKEN: '1000',
      STREAMS_PER_ADDRESS: '10000',
    });
    functions = (await import('../index.ts')) as unknown as Record<string, Handler>;
    firestore = new Firestore({
      projectId: PROJECT,
      host: `127.0.0.1:${firestoreServer.port}`,
      ssl: false,
      customHeaders: { Authorization: 'Bearer owner' },
    });
    server.on('request', hosting());
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const { getFirestore } = await import('firebase-admin/firestore');
    const { getApps, deleteApp } = await import('firebase-admin/app');
    // Streams go on listening for a moment after their last client.
    await vi.waitFor(() => getFirestore().terminate(), { timeout: 20_000, interval: 200 });
    await firestore.terminate();
    await Promise.all(getApps().map((app) => deleteApp(app)));
    await Promise.all([database.stop(), firestoreServer.stop(), twilio.stop()]);
  });

  /** As Hosting does: the first rewrite that fits; the platform has read the body before. */
  function hosting() {
    const app = express();
    app.use(
      express.raw({
        type: () => true,
        limit: LARGEST,
        verify: (request, _, bytes) => void Object.assign(request, { rawBody: bytes }),
      }),
    );
    app.use((request, response, next) => {
      const rewrite = firebase.hosting.rewrites.find(({ source }) => fits(source, request.path));
      const handler = rewrite?.function && functions[rewrite.function.functionId];
      if (handler) return handler(request, response);
      next();
    });
    return app;
  }

  function address(): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  return {
    address,
    firestore: () => firestore,
    database: () =>
      createLiveDatabase({
        url: `http://127.0.0.1:${database.port}/?ns=${PROJECT}`,
        accessToken: async () => 'owner',
      }),
    /** Everything that is stored anywhere, but for what was measured, to compare before and after. */
    everything: () => {
      const stored = database.exportJson() as Record<string, Record<string, unknown> | undefined>;
      const measured = ([name, value]: [string, Record<string, unknown> | undefined]) => [
        name,
        { ...value, operations: undefined },
      ];
      return JSON.stringify({
        database: Object.fromEntries(Object.entries(stored).map(measured)),
        firestore: firestoreServer.exportState(),
      });
    },
  };
}

export type Served = ReturnType<typeof useServed>;

function deployedIndexes() {
  return JSON.parse(
    readFileSync(new URL('../../../firestore.indexes.json', import.meta.url), 'utf8'),
  );
}

/** Hosting's globs, as far as firebase.json uses them. */
function fits(source: string, path: string): boolean {
  const pattern = source.replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'));
  return new RegExp(`^${pattern}$`).test(path);
}
