import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Database, type DataSnapshot, getDatabase, type Query } from 'firebase-admin/database';
import { createRealtimeDatabaseServer } from '../server.ts';

export const PROJECT = 'demo-conformance';
export const NAMESPACE = `${PROJECT}-default-rtdb`;

/** Where a started official emulator looks for functions, if it was told so. */
const OFFICIAL_FUNCTIONS_PORT = 5001;

/** What the tests know of the server that they run against. */
export interface Harness {
  /** host:port */
  readonly host: string;
  /** A connection of its own, as an administrator. */
  connect(options?: ConnectOptions): Database;
  /** A REST request by the owner, unless `headers` say otherwise. */
  rest(path: string, init?: RequestInit & { json?: unknown }): Promise<Response>;
  /** A location that no other test uses; queries on it may order by the indexes below. */
  newPath(): string;
  readonly functions: FunctionsRecorder;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ConnectOptions {
  namespace?: string;
  authOverride?: object | null;
}

/** A cloud event as it arrived. */
export interface ReceivedEvent {
  id: string;
  type: string;
  ref: string;
  instance: string;
  data: { data: unknown; delta: unknown };
  [attribute: string]: unknown;
}

/** Plays the functions emulator: keeps what each trigger received. */
export interface FunctionsRecorder {
  /** All events of a trigger, once there are at least `count`. */
  events(triggerKey: string, count: number): Promise<ReceivedEvent[]>;
}

/** The children of every test's location may be ordered by these. */
const RULES = {
  rules: {
    '.read': false,
    '.write': false,
    tests: { $test: { '.indexOn': ['height', 'info/rank', '.value'] } },
  },
};

export function createHarness(): Harness {
  const officialHost = process.env.CONFORMANCE_DATABASE_HOST;
  const functions = createFunctionsServer();
  const ours = createRealtimeDatabaseServer({
    project: PROJECT,
    functionsOrigin: () => functions.origin(),
  });
  const apps: ReturnType<typeof initializeApp>[] = [];
  const host = () => officialHost ?? `${ours.host}:${ours.port}`;

  const harness: Harness = {
    get host() {
      return host();
    },
    connect({ namespace = NAMESPACE, authOverride } = {}) {
      const app = initializeApp(
        {
          projectId: PROJECT,
          databaseURL: `http://${host()}?ns=${namespace}`,
          ...(authOverride !== undefined && { databaseAuthVariableOverride: authOverride }),
        },
        randomUUID(),
      );
      apps.push(app);
      return getDatabase(app);
    },
    rest(path, { json, ...init } = {}) {
      const url = new URL(`http://${host()}/${path}`);
      if (!url.searchParams.has('ns')) url.searchParams.set('ns', NAMESPACE);
      return fetch(url, {
        headers: { authorization: 'Bearer owner' },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        ...init,
      });
    },
    newPath: () => `tests/${randomUUID()}`,
    functions,
    async start() {
      await functions.listen(officialHost ? OFFICIAL_FUNCTIONS_PORT : 0);
      if (!officialHost) await ours.start();
      await harness.rest('.settings/rules.json', { method: 'PUT', json: RULES });
    },
    async stop() {
      await Promise.all(apps.map(deleteApp));
      if (!officialHost) {
        await ours.idle();
        await ours.stop();
      }
      await functions.close();
    },
  };
  return harness;
}

/** The first snapshot of a listener that fulfils the condition; then it listens no more. */
export function valueWhere(
  query: Query,
  condition: (snapshot: DataSnapshot) => boolean,
): Promise<DataSnapshot> {
  return new Promise((resolve, reject) => {
    const listener = query.on(
      'value',
      (snapshot) => {
        if (!condition(snapshot)) return;
        query.off('value', listener);
        resolve(snapshot);
      },
      reject,
    );
  });
}

export async function readValue(query: Query): Promise<unknown> {
  return (await query.once('value')).val();
}

/** A query's children in its order. */
export async function keysOf(query: Query): Promise<string[]> {
  const keys: string[] = [];
  (await query.once('value')).forEach((child) => {
    keys.push(child.key ?? '');
  });
  return keys;
}

function createFunctionsServer() {
  const received = new Map<string, ReceivedEvent[]>();
  let waiters: (() => void)[] = [];
  let port = 0;
  const server = createServer(async (request, response) => {
    const key = request.url?.split('/').at(-1) ?? '';
    const event = JSON.parse(await textOf(request)) as ReceivedEvent;
    received.set(key, [...(received.get(key) ?? []), event]);
    response.end();
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake();
  });

  return {
    origin: () => `http://127.0.0.1:${port}`,
    async listen(wanted: number) {
      await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
    },
    async events(triggerKey: string, count: number): Promise<ReceivedEvent[]> {
      for (;;) {
        const events = received.get(triggerKey) ?? [];
        if (events.length >= count) return events;
        await new Promise<void>((resolve) => waiters.push(resolve));
      }
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
