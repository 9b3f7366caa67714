import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DocumentReference, Firestore, type Transaction } from '@google-cloud/firestore';
import { afterAll, beforeAll } from 'vitest';
import { createFirestoreServer } from '../../../emulators/firestore/server.ts';
import { at, CALL_ID } from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import { createMirror } from '../mirror/apply.ts';
import { live } from '../paths.ts';
import { type Archive, createArchive } from './archive.ts';
import { createSettle } from './settle.ts';

const ZONE = 'Asia/Kolkata';
export const CONVERSATION_ID = conversationId(CALL_ID);

const INDEXES = new URL('../../../firestore.indexes.json', import.meta.url);

/**
 * A Firestore server for the tests of one file, and an empty database for each test. It refuses what
 * the deployed indexes don't cover.
 */
export function useFirestore() {
  const indexes = JSON.parse(readFileSync(INDEXES, 'utf8'));
  const server = createFirestoreServer({ port: 0, indexes });
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

export interface Wraps {
  database?: (database: LiveDatabase) => LiveDatabase;
  archive?: (archive: Archive) => Archive;
}

/** Both database servers for the tests of one file, and for each test its own archive on them. */
export function useArchive() {
  const realtimeDatabase = useRealtimeDatabase();
  const emptyFirestore = useFirestore();
  return function setUp(wrap: Wraps = {}) {
    const database = realtimeDatabase.emptyDatabase();
    const firestore = emptyFirestore();
    const written: string[] = [];
    const archive = createArchive(recordingWrites(firestore, written), ZONE);
    const now = () => Date.parse(at(120));
    const settle = createSettle({
      database: wrap.database?.(database) ?? database,
      archive: wrap.archive?.(archive) ?? archive,
      now,
      timeZone: ZONE,
    });
    const mirror = createMirror({ database, archive: settle, now });
    return { database, firestore, written, archive, settle, mirror };
  };
}

/** Firestore tells nobody of a write that changes nothing: the paths of all writes are noted here. */
function recordingWrites(firestore: Firestore, written: string[]): Firestore {
  const recording = (transaction: Transaction): Transaction =>
    replacing(transaction, 'set', (reference: DocumentReference, ...rest: [never, never]) => {
      written.push(reference.path);
      return transaction.set(reference, ...rest);
    });
  return replacing(firestore, 'runTransaction', ((work, options) =>
    firestore.runTransaction(
      (transaction) => work(recording(transaction)),
      options,
    )) as Firestore['runTransaction']);
}

function replacing<T extends object>(whole: T, name: keyof T, part: unknown): T {
  return new Proxy(whole, {
    get(target, property) {
      if (property === name) return part;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** What is live of the call and its conversation. */
export async function liveTraces(database: LiveDatabase): Promise<unknown[]> {
  const paths = [live.call(CALL_ID), live.conversation(CONVERSATION_ID)];
  const values = await Promise.all(paths.map((path) => database.read(path)));
  return values.map(({ value }) => value).filter((value) => value !== null);
}

/** What was said, as the archive has it. */
export async function words(archive: Archive): Promise<string[] | undefined> {
  const conversation = await archive.conversation(CONVERSATION_ID);
  return conversation?.messages.map(({ content }) => content);
}
