import { z } from 'zod';
import { authorizeAgain, authorizeRead, authorizeUpdate, authorizeWrite } from './authorize.ts';
import { actingAs, type Client, type Identification, NOBODY } from './client.ts';
import { createConnectionListeners } from './connection-listeners.ts';
import type { Database } from './database.ts';
import { DatabaseError } from './engine/errors.ts';
import { hashNode } from './engine/hash.ts';
import { parseWireQuery } from './engine/parse-query.ts';
import { type Path, parsePath } from './engine/path.ts';
import { runQuery } from './engine/query.ts';
import { EXPORT, nodeToJson } from './engine/to-json.ts';
import type { Write } from './engine/write.ts';
import type { Log } from './log.ts';
import { createOnDisconnect } from './on-disconnect.ts';
import { type Action, clientMessage, pong, push, response, revokedListener } from './protocol.ts';

/** https://firebase.google.com/docs/database/usage/limits: 16 MB for one write from an SDK. */
const MAX_WRITE_LENGTH = 16 * 1024 * 1024;

/** One client's session, apart from its socket. */
export interface Connection {
  /**
   * Takes one whole message. Every answer to it has been sent when this returns.
   * @throws Error when it is not a message of the protocol; the socket should be closed then.
   */
  receive(message: string): void;
  /** Ends all listeners and does what onDisconnect() asked for. */
  close(): void;
}

export interface ConnectionOptions {
  database: Database;
  /** Who it is until it says so. */
  client: Client;
  identification: Identification;
  send: (message: unknown) => void;
  log: Log;
}

type RequestOf<A extends Action['a']> = Extract<Action, { a: A }>;
interface Answer {
  status: string;
  data: unknown;
}

export function createConnection({
  database,
  identification,
  send,
  log,
  ...options
}: ConnectionOptions): Connection {
  let client = options.client;
  let stopWatchingRights = () => {};
  const listeners = createConnectionListeners(database);
  const onDisconnect = createOnDisconnect();

  become(client);
  return { receive, close };

  function receive(message: string): void {
    const parsed = clientMessage.safeParse(JSON.parse(message));
    if (!parsed.success) throw new Error(`not understood: ${z.prettifyError(parsed.error)}`);
    if (parsed.data.t === 'c') {
      if (parsed.data.d.t === 'p') send(pong());
      return;
    }
    const action = parsed.data.d;
    const { status, data } = answerSafely(action, message.length);
    send(response(action.r, status, data));
  }

  function answerSafely(action: Action, length: number): Answer {
    try {
      return answer(action, length);
    } catch (error) {
      if (error instanceof DatabaseError) return { status: error.code, data: error.message };
      log('error', 'a WebSocket request failed', { action: action.a, error: String(error) });
      return { status: 'internal_error', data: 'Internal error, see the log of the database.' };
    }
  }

  function answer(action: Action, length: number): Answer {
    switch (action.a) {
      case 's':
      case 'appcheck':
      case 'unappeck':
        return ok();
      case 'auth':
      case 'gauth':
        return authenticate(action);
      case 'unauth':
        become(NOBODY);
        return ok();
      case 'q':
        return listen(action);
      case 'n':
        listeners.stop(parsePath(action.b.p), action.b.t);
        return ok();
      case 'g':
        return get(action);
      case 'p':
      case 'm':
        refuseTooBig(length);
        return write(action);
      case 'o':
      case 'om':
      case 'oc':
        refuseTooBig(length);
        return rememberForDisconnect(action);
    }
  }

  function authenticate({ b }: RequestOf<'auth' | 'gauth'>): Answer {
    const claimed = identification.byToken(b.cred);
    if (claimed.kind === 'refused') {
      become(NOBODY);
      throw claimed.error;
    }
    const isOverridden = b.noauth === true || b.authvar !== undefined;
    const isActing = claimed.kind === 'owner' && isOverridden;
    become(isActing ? actingAs(b.noauth ? null : (b.authvar ?? null)) : claimed);
    return ok({ auth: client.kind === 'user' ? client.auth : null });
  }

  /** The owner's rights never change, so that the owner's connections cost writes nothing. */
  function become(newClient: Client): void {
    client = newClient;
    stopWatchingRights();
    stopWatchingRights = () => {};
    if (client.kind === 'owner') return;
    stopWatchingRights = database.watchRights(endForbiddenListeners);
    endForbiddenListeners();
  }

  function endForbiddenListeners(): void {
    for (const { path, wireQuery } of listeners.stopForbidden(isReadable)) {
      send(revokedListener(path, wireQuery));
    }
  }

  function isReadable(path: Path): boolean {
    try {
      authorizeRead(client, database, path);
      return true;
    } catch {
      return false;
    }
  }

  function listen({ b }: RequestOf<'q'>): Answer {
    const path = parsePath(b.p);
    authorizeRead(client, database, path);
    const query = b.t === undefined ? undefined : parseWireQuery(b.q);
    const isKnown = !query && b.h && b.h === hashNode(database.read(path));
    let isFirst = true;
    listeners.start({ path, query, wireQuery: query && b.q, tag: b.t }, (update) => {
      if (!(isFirst && isKnown)) send(push(update, b.t));
      isFirst = false;
    });
    return query && !database.rules.hasIndex(path, query.index) ? ok({ w: ['no_index'] }) : ok({});
  }

  function get({ b }: RequestOf<'g'>): Answer {
    const path = parsePath(b.p);
    authorizeRead(client, database, path);
    const query = parseWireQuery(b.q);
    const node = database.read(path);
    if (!query) return ok(nodeToJson(node, EXPORT));
    database.rules.requireIndex(path, query.index);
    const entries = runQuery(node, query);
    if (entries.length === 0) return ok(null);
    return ok(Object.fromEntries(entries.map(({ key, node }) => [key, nodeToJson(node, EXPORT)])));
  }

  function write({ a, b }: RequestOf<'p' | 'm'>): Answer {
    const path = parsePath(b.p);
    if (b.h !== undefined) {
      // Before the rules of the write: a transaction's first guess is seldom what they would grant.
      // Whether the guess is right tells what is there.
      authorizeRead(client, database, path);
      if (b.h !== hashNode(database.read(path))) {
        return { status: 'datastale', data: 'Transaction hash does not match' };
      }
    }
    database.commit(
      a === 'p' ? put(path, b.d) : authorizeUpdate(client, database, path, () => b.d),
    );
    return ok();
  }

  function rememberForDisconnect({ a, b }: RequestOf<'o' | 'om' | 'oc'>): Answer {
    const path = parsePath(b.p);
    if (a === 'om') onDisconnect.add(authorizeUpdate(client, database, path, () => b.d));
    else {
      const writes = put(path, b.d);
      if (a === 'o') onDisconnect.add(writes);
      else onDisconnect.cancel(path);
    }
    return ok();
  }

  function put(path: Path, json: unknown): Write[] {
    authorizeWrite(client, database, path, () => json);
    return [{ path, json }];
  }

  function close(): void {
    listeners.stopAll();
    stopWatchingRights();
    for (const writes of onDisconnect.take()) commitOnDisconnect(writes);
  }

  function commitOnDisconnect(writes: readonly Write[]): void {
    try {
      authorizeAgain(client, database, writes);
      database.commit(writes);
    } catch (error) {
      log('warn', 'an onDisconnect write was refused', { error: String(error) });
    }
  }
}

function ok(data: unknown = ''): Answer {
  return { status: 'ok', data };
}

function refuseTooBig(length: number): void {
  if (length <= MAX_WRITE_LENGTH) return;
  throw new DatabaseError(
    'write_too_big',
    'Data to write exceeds the maximum size that can be modified with a single request.',
  );
}
