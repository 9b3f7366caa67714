import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The line between a browser and Aurora: a proxy of HTTP that carries everything, until it is told to
 * do something to the streams. What else the page asks goes on.
 */
export interface CutLine {
  /** For the browser's settings. */
  proxy: string;
  /** Breaks off all streams, and refuses new ones. */
  cut(): void;
  /** Lets nothing through on the streams, and does not tell: a network that has died quietly. */
  hold(): void;
  /** Whatever it was, it is over; what was held comes now. */
  restore(): void;
  close(): Promise<void>;
}

interface Stream {
  request: IncomingMessage;
  response: ServerResponse;
  /** The other end, once it has answered. */
  source?: IncomingMessage;
}

export async function createCutLine(): Promise<CutLine> {
  let state: 'whole' | 'cut' | 'held' = 'whole';
  const open = new Set<Stream>();
  const waiting: Stream[] = [];

  function carry(stream: Stream): void {
    const { request, response } = stream;
    const { url = '', method, headers } = request;
    const onward = http.request(url, { method, headers }, (answer) => {
      stream.source = answer;
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.on('data', (chunk: Buffer) => response.write(chunk));
      answer.on('end', () => response.end());
      answer.on('error', () => response.destroy());
      if (state === 'held' && isStream(request)) answer.pause();
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => {
      open.delete(stream);
      onward.destroy();
    });
    request.pipe(onward);
  }

  const server = http.createServer((request, response) => {
    const stream: Stream = { request, response };
    if (!isStream(request)) return carry(stream);
    if (state === 'cut') return void request.socket.destroy();
    open.add(stream);
    if (state === 'held') waiting.push(stream);
    else carry(stream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    proxy: `http://127.0.0.1:${port}`,
    cut() {
      state = 'cut';
      for (const { response } of [...open]) response.destroy();
    },
    hold() {
      state = 'held';
      for (const { source } of open) source?.pause();
    },
    restore() {
      state = 'whole';
      for (const { source } of open) source?.resume();
      for (const stream of waiting.splice(0)) if (!stream.response.destroyed) carry(stream);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A stream is asked for by GET; what a browser asks beforehand of another origin goes through. */
function isStream({ url = '', method }: IncomingMessage): boolean {
  return method === 'GET' && /\/stream(\?|$)/.test(url);
}
