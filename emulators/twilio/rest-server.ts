/**
 * Twilio's REST endpoint for calls, conferences and text messages, so that code which calls somebody,
 * redirects a live call or sends an SMS reaches a telephone, in this process or another.
 *
 * Differs from Twilio: plain HTTP on this machine; one account; only the routes below; no rate limit;
 * nothing survives a restart.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isOwnHost } from '../own-host.ts';
import { createConferenceHub } from './conference-hub.ts';
import { CONTROL_PATH } from './control-protocol.ts';
import { createControlServer } from './control-server.ts';
import { LOCAL_DEMO_NUMBER, LOCAL_OTHER_NUMBER, LOCAL_TWILIO_PORT } from './local-account.ts';
import { listCalls, readCall, updateCall } from './rest-calls.ts';
import { createRestConferences } from './rest-conferences.ts';
import { RestError } from './rest-errors.ts';
import { createMessages, type SentMessage } from './rest-messages.ts';
import { createNumbers } from './rest-numbers.ts';
import { createOutgoingCalls, type Unattended } from './rest-outgoing.ts';
import { findRoute, type Routes } from './rest-routes.ts';
import { type CallSwitchboard, createSwitchboard } from './switchboard.ts';

export interface TwilioRestServerOptions {
  readonly host?: string;
  /** 0 for any free one. */
  readonly port?: number;
  readonly accountSid: string;
  readonly authToken: string;
  /** The account's own numbers; those of the demo companies unless told. */
  readonly numbers?: readonly string[];
  /** What happens at a number without a telephone; nobody answers unless told. */
  readonly unattended?: Unattended;
  /** Real seconds per second that such a number rings: 1 unless told, 0 in tests. */
  readonly timeScale?: number;
  /** Answers what is asked beneath a path that is not Twilio's. */
  readonly beside?: {
    readonly path: string;
    handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  };
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
const CREATING = new Set(['POST Calls.json', 'POST Messages.json']);

export function createTwilioRestServer(options: TwilioRestServerOptions): TwilioRestServer {
  const { host = '127.0.0.1', accountSid, authToken, log = () => {} } = options;
  const conferences = createConferenceHub({ accountSid, authToken, log });
  const numbers = createNumbers({
    accountSid,
    numbers: options.numbers ?? [LOCAL_DEMO_NUMBER, LOCAL_OTHER_NUMBER],
  });
  const switchboard = createSwitchboard({
    conferences,
    dial: (order, signal) => outgoing.dialFrom(order, signal),
    settingsOf: async (number) => numbers.settingsOf(number),
  });
  const messages = createMessages({ accountSid, authToken, switchboard, log });
  const { unattended = 'no-answer', timeScale = 1 } = options;
  const outgoing = createOutgoingCalls({
    accountSid,
    authToken,
    switchboard,
    unattended,
    timeScale,
    log,
  });
  const rooms = createRestConferences({ accountSid, authToken, timeScale, conferences });
  const routes: Routes = {
    'GET Calls': ({ path, query }) => listCalls(switchboard, path, query),
    'POST Calls': ({ fields }) => outgoing.create(fields),
    'GET Calls/{sid}': ({ sid, path }) => readCall(switchboard, sid, path),
    'POST Calls/{sid}': ({ sid, path, form }) => updateCall(switchboard, sid, path, form),
    'GET Messages': ({ path, query }) => messages.list(query, path),
    'POST Messages': ({ form }) => messages.create(form),
    'GET Messages/{sid}': ({ sid, path }) => messages.read(sid, path),
    'GET IncomingPhoneNumbers': ({ path, query }) => numbers.list(path, query),
    'GET IncomingPhoneNumbers/{sid}': ({ sid, path }) => numbers.read(sid, path),
    'POST IncomingPhoneNumbers/{sid}': ({ sid, path, form }) => numbers.update(sid, path, form),
    'GET Conferences': ({ path, query }) => rooms.list(path, query),
    'GET Conferences/{sid}': ({ sid, path }) => rooms.read(sid, path),
    'POST Conferences/{sid}': ({ sid, path, form }) => rooms.update(sid, path, form),
    'GET Conferences/{sid}/Participants': ({ sid, path, query }) =>
      rooms.listParticipants(sid, path, query),
    'GET Conferences/{sid}/Participants/{key}': ({ sid, key, path }) =>
      rooms.readParticipant(sid, key, path),
    'POST Conferences/{sid}/Participants/{key}': ({ sid, key, path, form }) =>
      rooms.updateParticipant(sid, key, path, form),
    'DELETE Conferences/{sid}/Participants/{key}': ({ sid, key, path }) =>
      rooms.removeParticipant(sid, key, path),
  };
  const control = createControlServer({ accountSid, authToken, switchboard });
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const server = createServer((request, response) => void answer(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (isFromPage(request)) socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    else if (pathOf(request) === CONTROL_PATH) control.upgrade(request, socket, head);
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
      await Promise.all([closed, messages.settled(), outgoing.stop()]);
      await conferences.settled();
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
    const { beside } = options;
    if (beside && isBeneath(beside.path, request)) return beside.handle(request, response);
    let status = 200;
    let body: unknown;
    try {
      if (isFromPage(request)) throw new RestError(403, 20003, 'Not for pages of a browser');
      const fields = await readForm(request);
      if (request.headers.authorization !== credentials) {
        throw new RestError(401, 20003, 'Authenticate');
      }
      const method = request.method ?? 'GET';
      const route = findRoute(routes, accountSid, method, request.url ?? '/', fields);
      body = await route();
      if (body === undefined) status = 204;
      else if (CREATING.has(`${method} ${pathOf(request).split('/').at(-1)}`)) status = 201;
    } catch (error) {
      if (!(error instanceof RestError)) log(`REST request failed: ${error}`);
      const known = error instanceof RestError ? error : new RestError(500, 20500, 'Server error');
      status = known.status;
      body = known.toJSON();
    }
    log(`${request.method} ${pathOf(request).replace(accountSid, '…')} ${status}`);
    response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }
}

/**
 * The account's token is no secret here. So what may have been sent by a page that somebody has open,
 * on purpose or by another name for this machine, is not taken from it.
 */
function isFromPage(request: IncomingMessage): boolean {
  return request.headers.origin !== undefined || !isOwnHost(request);
}

function isBeneath(path: string, request: IncomingMessage): boolean {
  return `${pathOf(request)}/`.startsWith(`${path}/`);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

/** @throws RestError for a body that is too long */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new RestError(413, 20001, 'The body is longer than 1 MB');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
