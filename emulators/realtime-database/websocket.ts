import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Identification, NOBODY } from './client.ts';
import { createConnection } from './connection.ts';
import type { Database } from './database.ts';
import { createFrameAssembler, splitIntoFrames } from './frames.ts';
import type { Log } from './log.ts';
import { namespaceOf } from './namespace.ts';
import { hello } from './protocol.ts';

/** The SDK sends frames of 16 KB; other clients may send a message in one piece. */
const MAX_SOCKET_MESSAGE_BYTES = 64 * 1024 * 1024;

const POLICY_VIOLATION = 1008;

/** Runs the protocol over the sockets that an HTTP server hands over. */
export interface WebSocketDoor {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts every connection; each one's onDisconnect writes have been done when it resolves. */
  stop(): Promise<void>;
}

export interface WebSocketDoorOptions {
  databaseOf: (namespace: string) => Database;
  identification: Identification;
  now: () => number;
  log: Log;
}

export function createWebSocketDoor({
  databaseOf,
  identification,
  now,
  log,
}: WebSocketDoorOptions): WebSocketDoor {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_SOCKET_MESSAGE_BYTES });

  return {
    upgrade(request, socket, head) {
      // A socket that breaks before it is a WebSocket has no other listener.
      socket.on('error', () => socket.destroy());
      const url = new URL(request.url ?? '/', 'http://localhost');
      const namespace = namespaceOf(url);
      if (url.pathname !== '/.ws' || namespace === undefined) {
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
        return;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        open(webSocket, request, databaseOf(namespace)),
      );
    },
    async stop() {
      const closed = [...sockets.clients].map(
        (client) => new Promise((resolve) => client.once('close', resolve)),
      );
      for (const client of sockets.clients) client.terminate();
      await Promise.all(closed);
    },
  };

  function open(webSocket: WebSocket, request: IncomingMessage, database: Database): void {
    const frames = createFrameAssembler();
    const client = identification.byHeader(request.headers.authorization);
    const connection = createConnection({
      database,
      identification,
      // Production looks at no header here; only the Admin SDK sends one, to local hosts.
      client: client.kind === 'owner' ? client : NOBODY,
      send,
      log,
    });
    webSocket.on('error', (error) => log('warn', 'a WebSocket broke', { error: error.message }));
    webSocket.on('close', () => connection.close());
    webSocket.on('message', (data) => {
      try {
        const message = frames.push(data.toString());
        if (message !== undefined) connection.receive(message);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log('warn', 'a WebSocket message could not be read', { reason });
        webSocket.close(POLICY_VIOLATION, 'malformed message');
      }
    });
    // The client uses the host of this message for its next connection.
    send(hello(request.headers.host ?? '', randomUUID(), now()));

    function send(message: unknown): void {
      if (webSocket.readyState !== webSocket.OPEN) return;
      for (const frame of splitIntoFrames(JSON.stringify(message))) webSocket.send(frame);
    }
  }
}
