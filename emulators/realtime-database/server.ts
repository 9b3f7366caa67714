/*
 * A stand-in for the Realtime Database: the WebSocket protocol that the SDKs speak, REST, and
 * function triggers, in memory. The engine (engine/) is pure; this folder puts it on sockets.
 *
 * How it differs from the real service:
 * - Who may do what: the bearer `owner` everything; for everybody else the rules are evaluated
 *   (rules/), but for `.validate`, texts' and queries' members, arithmetic and `? :`. What is not
 *   evaluated is refused when the rules are uploaded. Somebody is who has an unsigned token of the
 *   project (client.ts); a change of rules, data or identity ends the listeners that may not listen
 *   any more, the passing of time alone does not. A condition (if-match, a transaction's hash) asks
 *   for the right to read, too.
 * - Missing indexes: as in production, REST and get() refuse a query whose `.indexOn` is missing,
 *   and a listener gets a warning. Production then sends the listener everything and lets the
 *   client filter; here the listener gets what it asked for.
 * - REST has no streaming (EventSource), no JSONP, no `timeout`; `if-match` on PATCH and POST is
 *   refused. There are no CORS headers: browsers of other origins have no business here.
 * - WebSockets only, no long polling; no compound hashes of listeners (the JavaScript SDK sends
 *   none); no security debugging.
 * - Limits: keys, depth, strings and the size of writes are refused as documented; limits on
 *   connections, rates, triggers per write and the size of events and responses are not applied.
 * - Triggers: second-generation functions only. An event is tried six times in about eight
 *   seconds, whether or not the function sets `retry`; production retries for a day if it does,
 *   and not at all if it doesn't.
 * - The namespace is `?ns=`, never the first label of the host name.
 * - Nothing is stored on disk: exportJson and importJson are for that.
 */

import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createIdentification } from './client.ts';
import { type Commit, createDatabase, type Database } from './database.ts';
import { createPushIds } from './engine/push-id.ts';
import { EXPORT, nodeToJson } from './engine/to-json.ts';
import { consoleLog, type Log } from './log.ts';
import { createRestDoor } from './rest.ts';
import { createTriggerDelivery } from './trigger-delivery.ts';
import { cloudEvent, triggerUrl } from './trigger-event.ts';
import { createTriggerRegistry } from './triggers.ts';
import { createWebSocketDoor } from './websocket.ts';

export interface RealtimeDatabaseOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  /** Whose users' tokens are accepted; without one, none but the owner's is. */
  project?: string;
  /** Where the functions emulator is, for example http://127.0.0.1:5001. Asked at each delivery. */
  functionsOrigin?: () => string | undefined;
  /** Default: warnings and errors go to stderr. */
  log?: Log;
}

export interface RealtimeDatabaseServer {
  /** @throws Error that names the address when it is taken. */
  start(): Promise<void>;
  /**
   * Ends all connections (doing their onDisconnect writes) and drops pending trigger deliveries.
   * Leaves no socket and no timer; the data stays and can still be exported.
   */
  stop(): Promise<void>;
  readonly host: string;
  /** The real port once started. */
  readonly port: number;
  /** Resolves when no trigger delivery is pending. */
  idle(): Promise<void>;
  /** Everything that is stored, by namespace, priorities included. */
  exportJson(): Record<string, unknown>;
  /**
   * Replaces the namespaces that `data` names. Listeners are told, triggers are not.
   * @throws DatabaseError when something can't be stored; that namespace is unchanged then.
   */
  importJson(data: Record<string, unknown>): void;
}

export function createRealtimeDatabaseServer({
  host = '127.0.0.1',
  port = 0,
  project,
  functionsOrigin = () => undefined,
  log = consoleLog,
}: RealtimeDatabaseOptions = {}): RealtimeDatabaseServer {
  const databases = new Map<string, Database>();
  const triggers = createTriggerRegistry();
  const delivery = createTriggerDelivery({ log });
  const now = Date.now;
  const newPushId = createPushIds(now, Math.random);
  const identification = createIdentification({ project, now });
  const rest = createRestDoor({ databaseOf, identification, triggers, newPushId, log });
  const webSockets = createWebSocketDoor({ databaseOf, identification, now, log });
  let listeningPort = port;
  let server: Server | undefined;

  return {
    start,
    stop,
    host,
    get port() {
      return listeningPort;
    },
    idle: () => delivery.idle(),
    exportJson,
    importJson,
  };

  async function start(): Promise<void> {
    const starting = createServer((request, response) => void rest(request, response));
    starting.on('upgrade', webSockets.upgrade);
    await new Promise<void>((resolve, reject) => {
      starting.once('error', (error: NodeJS.ErrnoException) => {
        const isTaken = error.code === 'EADDRINUSE';
        reject(isTaken ? new Error(`${host}:${port} is taken by another server.`) : error);
      });
      starting.listen(port, host, resolve);
    });
    listeningPort = (starting.address() as AddressInfo).port;
    server = starting;
  }

  async function stop(): Promise<void> {
    const stopping = server;
    server = undefined;
    if (stopping) {
      const closed = new Promise((resolve) => stopping.close(resolve));
      await webSockets.stop();
      stopping.closeAllConnections();
      await closed;
    }
    delivery.stop();
  }

  function databaseOf(namespace: string): Database {
    const known = databases.get(namespace);
    if (known) return known;
    const database = createDatabase({ namespace, now, onCommit: fireTriggers });
    databases.set(namespace, database);
    return database;
  }

  function fireTriggers(commit: Commit): void {
    for (const event of triggers.eventsOf(commit)) {
      const surroundings = {
        id: randomUUID(),
        time: new Date(now()),
        databaseHost: `${host}:${listeningPort}`,
      };
      delivery.deliver({
        url: () => {
          const origin = functionsOrigin();
          return origin && triggerUrl(origin, event);
        },
        body: JSON.stringify(cloudEvent(event, surroundings)),
        fields: { trigger: event.trigger.key, type: event.type, eventId: surroundings.id },
      });
    }
  }

  function exportJson(): Record<string, unknown> {
    const contents = [...databases.values()].map(
      (database) => [database.namespace, nodeToJson(database.read([]), EXPORT)] as const,
    );
    return Object.fromEntries(contents.filter(([, content]) => content !== null));
  }

  function importJson(data: Record<string, unknown>): void {
    for (const [namespace, json] of Object.entries(data)) {
      databaseOf(namespace).commit([{ path: [], json }], { triggers: false });
    }
  }
}
