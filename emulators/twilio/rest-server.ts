/**
 * Twilio's REST endpoint for calls that are running and for text messages, so that code which
 * redirects a live call or sends an SMS reaches the telephone, in this process or another.
 *
 * Differs from Twilio: plain HTTP on this machine; one account; only the resources in rest-calls.ts
 * and rest-messages.ts; no rate limit; nothing survives a restart.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTROL_PATH } from './control-protocol.ts';
import { createControlServer } from './control-server.ts';
import { LOCAL_TWILIO_PORT } from './local-account.ts';
import { readCall, updateCall } from './rest-calls.ts';
import { notFound, RestError } from './rest-errors.ts';
import { createMessages, type SentMessage } from './rest-messages.ts';
import { type CallSwitchboard, createSwitchboard } from './switchboard.ts';

export interface TwilioRestServerOptions {
  readonly host?: string;
  /** 0 for any free one. */
  readonly port?: number;
  readonly accountSid: string;
  readonly authToken: string;
  /** One line without anybody's words. */
  readonly log?: (message: string) => void;
}

export interface TwilioRestServer {
  /** @throws the listen error, e.g. EADDRINUSE */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly port: number;
  readonly url: string;
  /** For calls of this process: `placeCall({ switchboard: server.switchboard, … })`. */
  readonly switchboard: CallSwitchboard;
  /** Every message that was sent, newest first. */
  messages(): readonly SentMessage[];
}

const LONGEST_BODY = 1024 * 1024;

export function createTwilioRestServer(options: TwilioRestServerOptions): TwilioRestServer {
  const { host = '127.0.0.1', accountSid, authToken, log = () => {} } = options;
  const switchboard = createSwitchboard();
  const messages = createMessages({ accountSid, authToken, switchboard, log });
  const control = createControlServer({ accountSid, authToken, switchboard });
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const server = createServer((request, response) => void answer(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (pathOf(request) === CONTROL_PATH) control.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  let port = options.port ?? LOCAL_TWILIO_PORT;

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          port = (server.address() as AddressInfo).port;
          resolve();
        });
      }),
    async stop() {
      control.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, messages.settled()]);
    },
    get port() {
      return port;
    },
    get url() {
      return `http://${host}:${port}`;
    },
    switchboard,
    messages: messages.all,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let status = 200;
    let body: unknown;
    try {
      const form = await readForm(request);
      const created = request.method === 'POST' && pathOf(request).endsWith('/Messages.json');
      body = await handle(request, form);
      if (created) status = 201;
    } catch (error) {
      if (!(error instanceof RestError)) log(`REST request failed: ${error}`);
      const known = error instanceof RestError ? error : new RestError(500, 20500, 'Server error');
      status = known.status;
      body = known.toJSON();
    }
    log(`${request.method} ${pathOf(request).replace(accountSid, '…')} ${status}`);
    response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
    response.end(JSON.stringify(body));
  }

  async function handle(request: IncomingMessage, form: Record<string, string>): Promise<unknown> {
    if (request.headers.authorization !== credentials) {
      throw new RestError(401, 20003, 'Authenticate');
    }
    const path = pathOf(request);
    const { resource, sid } = readPath(path, accountSid) ?? {};
    const route = `${request.method} ${resource}${sid === undefined ? '' : '/{sid}'}`;
    switch (route) {
      case 'GET Calls/{sid}':
        return readCall(switchboard, sid ?? '', path);
      case 'POST Calls/{sid}':
        return updateCall(switchboard, sid ?? '', path, form);
      case 'GET Messages':
        return messages.list(new URL(request.url ?? '/', 'http://localhost').searchParams, path);
      case 'POST Messages':
        return messages.create(form);
      case 'GET Messages/{sid}':
        return messages.read(sid ?? '', path);
      default:
        throw notFound(path);
    }
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

function readPath(path: string, accountSid: string) {
  const match = /^\/2010-04-01\/Accounts\/(\w+)\/(Calls|Messages)(?:\/(\w+))?\.json$/.exec(path);
  if (match?.[1] !== accountSid) return undefined;
  return { resource: match[2], sid: match[3] };
}

/** @throws RestError for a body that is too long; of a name that comes twice the last counts */
async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new RestError(413, 20001, 'The body is longer than 1 MB');
    chunks.push(chunk);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
}
