import { randomUUID } from 'node:crypto';
import { deleteApp, initializeApp, setLogLevel } from '@firebase/app';
import { connectDatabaseEmulator, type Database, getDatabase } from '@firebase/database';
import { onTestFinished } from 'vitest';
import { createRealtimeDatabaseServer } from './server.ts';

export const PROJECT = 'demo-rules';
export const NAMESPACE = `${PROJECT}-default-rtdb`;

// It warns of each denial; the tests look at what comes back.
setLogLevel('silent');

/** A server with rules, and what may be asked of it as the owner and as clients. */
export async function startWithRules(rules: string) {
  const server = createRealtimeDatabaseServer({ project: PROJECT, log: () => {} });
  await server.start();
  onTestFinished(() => server.stop());

  /** A request by nobody, unless `headers` or `?auth=` say otherwise. */
  const rest = (path: string, { json, ...init }: RequestInit & { json?: unknown } = {}) => {
    const url = new URL(`http://127.0.0.1:${server.port}/${path}`);
    url.searchParams.set('ns', NAMESPACE);
    return fetch(url, { ...(json !== undefined && { body: JSON.stringify(json) }), ...init });
  };
  const upload = (document: string) =>
    rest('.settings/rules.json', {
      method: 'PUT',
      headers: { authorization: 'Bearer owner' },
      body: document,
    });
  const uploaded = await upload(rules);
  if (!uploaded.ok) throw new Error(await uploaded.text());

  /** The client SDK, as a browser would use it, on a connection of its own. */
  function connect(token?: string): Database {
    const databaseURL = `http://127.0.0.1:${server.port}?ns=${NAMESPACE}`;
    const app = initializeApp({ projectId: PROJECT, databaseURL }, randomUUID());
    onTestFinished(() => deleteApp(app));
    const database = getDatabase(app);
    connectDatabaseEmulator(database, '127.0.0.1', server.port, {
      ...(token !== undefined && { mockUserToken: token }),
    });
    return database;
  }

  return {
    rest,
    upload,
    connect,
    /** All that is stored. */
    content: () => server.exportJson()[NAMESPACE],
    store: (content: unknown) => server.importJson({ [NAMESPACE]: content }),
  };
}

export const now = () => Math.floor(Date.now() / 1_000);
