import { createServer, type Socket } from 'node:net';

export interface SharedPort {
  /** Rejects with Node's error when the port is taken. */
  listen(): Promise<void>;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
  /** The port that was given, or after `listen` the one that was found. */
  readonly port: number;
}

export interface SharedPortOptions {
  host: string;
  port: number;
  onHttp2: (socket: Socket) => void;
  onHttp1: (socket: Socket) => void;
}

/** HTTP/2 connections begin with "PRI * HTTP/2.0"; no HTTP/1 method begins like that. */
const PREFACE_START = 'PRI';

/** One port for two protocols: the first bytes of a connection say who gets it. */
export function createSharedPort(options: SharedPortOptions): SharedPort {
  const sockets = new Set<Socket>();
  let port = options.port;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('readable', function sort() {
      const head: Buffer | null = socket.read();
      if (head === null) return;
      socket.unshift(head);
      if (head.length < PREFACE_START.length) return;
      socket.off('readable', sort);
      const start = head.subarray(0, PREFACE_START.length).toString('latin1');
      if (start === PREFACE_START) options.onHttp2(socket);
      else options.onHttp1(socket);
    });
  });

  return {
    listen() {
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          const address = server.address();
          if (address && typeof address === 'object') port = address.port;
          resolve();
        });
      });
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
    get port() {
      return port;
    },
  };
}
