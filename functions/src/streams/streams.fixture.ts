import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Database, getDatabase } from 'firebase-admin/database';
import type { Firestore } from 'firebase-admin/firestore';
import { afterAll, onTestFinished } from 'vitest';
import { createAdminStates } from '../access/admin-state.ts';
import { createGate } from '../access/gate.ts';
import { createTokens } from '../access/tokens.ts';
import { createAudit } from '../admin/audit.ts';
import { createLimits } from '../admin/limits.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { createArchive } from '../archive/archive.ts';
import { createSettle } from '../archive/settle.ts';
import { at, CALL_ID } from '../calls/events.fixture.ts';
import { conversationId } from '../calls/ids.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createLiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { createMirror } from '../mirror/apply.ts';
import { createStreams, type StreamSettings } from './app.ts';
import type { ArchiveReader } from './archived-copy.ts';
import { openStream } from './sse-client.fixture.ts';

export const CONVERSATION_ID = conversationId(CALL_ID);
const SECRET = 'a-secret-of-the-tests-with-forty-characters';
const ZONE = 'Asia/Kolkata';

export interface WorldOptions {
  settings?: Partial<StreamSettings>;
  linger?: number;
  pauses?: readonly number[];
  /** Another Realtime Database than the one that the rest of the test uses. */
  databaseUrl?: string;
  firestore?: () => Firestore;
  archive?: ArchiveReader;
}

/** Both database servers for the tests of one file; for each test databases and streams on them. */
export function useStreams() {
  const realtimeDatabase = useRealtimeDatabase();
  const emptyFirestore = useFirestore();
  const apps: ReturnType<typeof initializeApp>[] = [];
  afterAll(() => Promise.all(apps.map((app) => deleteApp(app))));

  return async function setUp(options: WorldOptions = {}) {
    const namespace = `t-${randomUUID()}`;
    const url = realtimeDatabase.url(namespace);
    const database = createLiveDatabase({ url, accessToken: async () => 'owner' });
    const firestore = emptyFirestore();
    const archive = createArchive(firestore, ZONE);
    /** Of the calls; tokens and streams have the real time. */
    const callTime = () => Date.parse(at(120));
    const settle = createSettle({ database, archive, now: callTime, timeZone: ZONE });
    const mirror = createMirror({ database, archive: settle, now: callTime });
    const clock = { now: () => Date.now() };
    const tokens = createTokens({
      secrets: [SECRET],
      clock,
    });
    const lines: string[] = [];
    const releases: (() => Promise<void>)[] = [];
    const write = (text: string) => void lines.push(text);
    const log: Log = { info: () => {}, warn: write, error: write, alert: write };

    function push(databaseURL = url): Database {
      const app = initializeApp({ databaseURL }, randomUUID());
      apps.push(app);
      return getDatabase(app);
    }

    /** One instance of the function. */
    async function startInstance(own: WorldOptions = options) {
      const pushing = push(own.databaseUrl);
      // As an instance is that has served before: a first connection may take longer than is waited.
      if (!own.databaseUrl) await pushing.ref('warm').get();
      await Promise.all([database.read('warm'), firestore.doc('warm/warm').get()]);
      const streams = createStreams({
        database: pushing,
        firestore: async () => own.firestore?.() ?? firestore,
        archive: own.archive ?? archive,
        gate: createGate({
          tokens,
          states: createAdminStates(database),
          companies: { of: async () => ({ require_totp: false }) as never },
          database,
          now: clock.now,
        }),
        limits: createLimits({ perAddress: 100_000, perToken: 100_000 }),
        audit: createAudit({ firestore, log }),
        settings: {
          corsOrigins: ['https://aurora.example'],
          proxyHops: 1,
          heartbeatSeconds: 30,
          longestSeconds: 3_300,
          perToken: 100,
          perAddress: 100,
          timeZone: ZONE,
          ...own.settings,
        },
        log,
        clock,
        random: () => 0,
        linger: own.linger ?? 0,
        pauses: own.pauses ?? [0, 20, 50, 100, 200, 400, 800],
      });
      const server = createServer(streams.app);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      releases.push(async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        while (Object.values(streams.counts()).some((count) => count > 0)) {
          await new Promise((resolve) => setTimeout(resolve));
        }
      });
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return { ...streams, origin, database: pushing };
    }

    /** Ends what was started; done when the test is over, too. */
    async function release(): Promise<void> {
      await Promise.all(releases.splice(0).map((end) => end()));
    }
    onTestFinished(release);

    /** A supervisor who may sign in, with a token. */
    async function signIn(
      id: string,
      state: { company_id?: string; role?: string; disabled?: boolean } = {},
    ): Promise<string> {
      await database.create(`admin_state/${id}`, {
        role: 'supervisor',
        company_id: 'demo',
        disabled: false,
        not_before: 0,
        ...state,
      });
      return tokens.issue({ id }).token;
    }

    /** A token that was issued at this moment. */
    function expiring(id: string, at: number): string {
      const secrets = [SECRET];
      return createTokens({ secrets, clock: { now: () => at } }).issue({ id }).token;
    }

    function follow(
      origin: string,
      token: string,
      { id, since, call = CALL_ID }: { id?: string; since?: string; call?: string } = {},
    ) {
      const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
      return openStream(`${origin}/api/conversation/${conversationId(call)}/stream${query}`, {
        authorization: `Bearer ${token}`,
        ...(id === undefined ? {} : { 'last-event-id': id }),
      });
    }

    function followList(origin: string, token: string, id?: string) {
      return openStream(`${origin}/api/calls/stream`, {
        authorization: `Bearer ${token}`,
        ...(id === undefined ? {} : { 'last-event-id': id }),
      });
    }

    return {
      database,
      push,
      firestore,
      archive,
      settle,
      mirror,
      tokens,
      lines,
      startInstance,
      release,
      signIn,
      expiring,
      follow,
      followList,
    };
  };
}
