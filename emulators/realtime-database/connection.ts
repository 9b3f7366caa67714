import { z } from 'zod';
import { type Access, authorize, type Client, clientFromToken } from './authorize.ts';
import type { Database } from './database.ts';
import { DatabaseError } from './engine/errors.ts';
import { hashNode } from './engine/hash.ts';
import { parseWireQuery } from './engine/parse-query.ts';
import { type Path, parsePath } from './engine/path.ts';
import { runQuery } from './engine/query.ts';
import { EXPORT, nodeToJson } from './engine/to-json.ts';
import { type Write, writesOfUpdate } from './engine/write.ts';
import type { Log } from './log.ts';
import { createOnDisconnect } from './on-disconnect.ts';
import { type Action, clientMessage, pong, push, response } from './protocol.ts';

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
  client: Client;
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
  send,
  log,
  ...options
}: ConnectionOptions): Connection {
  let client = options.client;
  const listeners = new Map<string, () => void>();
  const onDisconnect = createOnDisconnect();

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
        client = clientFromToken(undefined);
        return ok();
      case 'q':
        return listen(action);
      case 'n':
        listeners.get(listenerId(parsePath(action.b.p), action.b.t))?.();
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

  /** The owner who acts as somebody else (databaseAuthVariableOverride) is that somebody. */
  function authenticate({ b }: RequestOf<'auth' | 'gauth'>): Answer {
    const isOverridden = b.noauth === true || b.authvar !== undefined;
    client = clientFromToken(isOverridden ? undefined : b.cred);
    return ok({ auth: null });
  }

  function listen({ b }: RequestOf<'q'>): Answer {
    const path = parsePath(b.p);
    allow('read', path);
    const query = b.t === undefined ? undefined : parseWireQuery(b.q);
    const id = listenerId(path, b.t);
    listeners.get(id)?.();
    const isKnown = !query && b.h && b.h === hashNode(database.read(path));
    let isFirst = true;
    const stop = database.listen(path, query, (update) => {
      if (!(isFirst && isKnown)) send(push(update, b.t));
      isFirst = false;
    });
    listeners.set(id, () => {
      stop();
      listeners.delete(id);
    });
    return query && !database.rules.hasIndex(path, query.index) ? ok({ w: ['no_index'] }) : ok({});
  }

  function get({ b }: RequestOf<'g'>): Answer {
    const path = parsePath(b.p);
    allow('read', path);
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
    allow('write', path);
    const writes = a === 'p' ? [{ path, json: b.d }] : writesOfUpdate(path, b.d);
    for (const write of writes) allow('write', write.path);
    if (b.h !== undefined && b.h !== hashNode(database.read(path))) {
      return { status: 'datastale', data: 'Transaction hash does not match' };
    }
    database.commit(writes);
    return ok();
  }

  function rememberForDisconnect({ a, b }: RequestOf<'o' | 'om' | 'oc'>): Answer {
    const path = parsePath(b.p);
    allow('write', path);
    if (a === 'oc') onDisconnect.cancel(path);
    else onDisconnect.add(a === 'o' ? [{ path, json: b.d }] : writesOfUpdate(path, b.d));
    return ok();
  }

  function close(): void {
    for (const stop of [...listeners.values()]) stop();
    for (const writes of onDisconnect.take()) commitOnDisconnect(writes);
  }

  function commitOnDisconnect(writes: readonly Write[]): void {
    try {
      for (const { path } of writes) allow('write', path);
      database.commit(writes);
    } catch (error) {
      log('warn', 'an onDisconnect write was refused', { error: String(error) });
    }
  }

  function allow(operation: Access['operation'], path: Path): void {
    authorize({ client, operation, namespace: database.namespace, path });
  }
}

function ok(data: unknown = ''): Answer {
  return { status: 'ok', data };
}

/** Untagged listeners see a whole location, of which a client has one per location. */
function listenerId(path: Path, tag: number | undefined): string {
  return tag === undefined ? `/${path.join('/')}` : `tag ${tag}`;
}

function refuseTooBig(length: number): void {
  if (length <= MAX_WRITE_LENGTH) return;
  throw new DatabaseError(
    'write_too_big',
    'Data to write exceeds the maximum size that can be modified with a single request.',
  );
}
