import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { createRealtimeDatabaseServer } from '../../emulators/realtime-database/server.ts';
import { createLiveDatabase, type LiveDatabase } from './live-database.ts';

/** A Realtime Database server for the tests of one file, and an empty database for each test. */
export function useRealtimeDatabase() {
  const server = createRealtimeDatabaseServer({ port: 0 });
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  const url = (namespace: string) => `http://127.0.0.1:${server.port}/?ns=${namespace}`;
  return {
    url,
    emptyDatabase: (): LiveDatabase =>
      createLiveDatabase({ url: url(`t-${randomUUID()}`), accessToken: async () => 'owner' }),
  };
}
