/**
 * The telephone in the page: what `npm run call` and `npm run phone` do, from a browser. It signs what
 * it sends to Aurora as Twilio would; the page holds no secret.
 *
 * It exists in local runs only and lives on the port of Twilio's stand-in, of which it is a part: who
 * moves or stops the one moves or stops the other, and the two are of one origin, which is not that of
 * the control room.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { TelephoneExchange } from '../twilio/switchboard.ts';
import { createDesk, type Desk } from './desk.ts';
import { readJson, requireOwnHost, requireOwnPage } from './door.ts';
import { openEventStream } from './event-stream.ts';
import { COMMON_HEADERS, type PageFilesOptions, sendFile } from './page-files.ts';
import {
  PAGE_PATH,
  REQUESTS,
  type Refusal,
  type RequestName,
  type RequestOf,
  type Setup,
} from './protocol.ts';
import { Refused } from './refused.ts';

/** Pages open at once. */
const MOST_DESKS = 4;

export interface TelephonePageOptions {
  /** Where Aurora is called. */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly line: () => TelephoneExchange;
  readonly setup: Setup;
  /** The folder of the built page; absolute. */
  readonly folder: string;
  readonly timeScale?: number;
  /** One line without anybody's words. */
  readonly log?: (message: string) => void;
}

export interface TelephonePage {
  /** Answers what is asked beneath PAGE_PATH. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Hangs up everywhere; resolves when that is done. */
  close(): Promise<void>;
}

export function createTelephonePage(options: TelephonePageOptions): TelephonePage {
  const { baseUrl, setup, folder, log = () => {} } = options;
  const files: PageFilesOptions = { folder, controlRoom: setup.controlRoom };
  const desks = new Map<string, Desk>();

  /** Each answers with JSON; nothing at all is a 204. */
  const routes: { [Name in RequestName]: (of: RequestOf<Name>, to: ServerResponse) => unknown } = {
    setup: () => setup,
    events: (_, response) => openDesk(response),
    call({ desk, from, to }) {
      const called = deskOf(desk);
      requireOwnNumber(to);
      return { call: called.call({ from, to }) };
    },
    act: ({ desk, call, action }) => deskOf(desk).act(call, action),
    text({ desk, from, to, body }) {
      requireOwnNumber(to);
      return deskOf(desk).text({ from, to, body });
    },
    plug: ({ desk, number }) => deskOf(desk).plug(number),
    unplug: ({ desk, number }) => deskOf(desk).unplug(number),
  };

  return {
    async handle(request, response) {
      try {
        if (request.method === 'POST') await answer(request, response);
        else await show(request, response);
      } catch (error) {
        if (!(error instanceof Refused)) log(`The telephone in the page: ${error}`);
        refuse(response, error);
      }
    },
    async close() {
      const open = [...desks.values()];
      desks.clear();
      await Promise.all(open.map((desk) => desk.close()));
    },
  };

  async function show(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requireOwnHost(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new Refused(405, 'wrong_method', 'The page is fetched by GET, and asks by POST.');
    }
    const path = pathOf(request);
    const home = `http://127.0.0.1:${request.socket.localPort}${PAGE_PATH}/`;
    // By another name the control room beside it would be of another site, without its cookie.
    const isByOtherName = `http://${request.headers.host}${PAGE_PATH}/` !== home;
    if (path === PAGE_PATH || (isByOtherName && path === `${PAGE_PATH}/`)) {
      response.writeHead(307, { ...COMMON_HEADERS, location: home });
      response.end();
      return;
    }
    await sendFile(response, path.slice(PAGE_PATH.length + 1), files);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requireOwnPage(request);
    const name = pathOf(request).slice(`${PAGE_PATH}/api/`.length);
    if (!pathOf(request).startsWith(`${PAGE_PATH}/api/`) || !Object.hasOwn(REQUESTS, name)) {
      throw new Refused(404, 'not_found', 'There is no such request.');
    }
    const schema: z.ZodType = REQUESTS[name as RequestName];
    const of = await readJson(request, schema);
    const route = routes[name as RequestName] as (of: unknown, to: ServerResponse) => unknown;
    const body = await route(of, response);
    if (response.headersSent) return;
    sendJson(response, body === undefined ? 204 : 200, body);
  }

  function openDesk(response: ServerResponse): void {
    if (desks.size >= MOST_DESKS) {
      const message = `The telephone is open in ${MOST_DESKS} pages: close one of them.`;
      throw new Refused(429, 'too_many_pages', message);
    }
    const id = randomUUID();
    const tell = openEventStream(response, () => {
      desks.delete(id);
      void desk.close().catch((error) => log(`The telephone in the page: ${error}`));
    });
    const { accountSid, authToken, line, timeScale = 1 } = options;
    const desk = createDesk({ baseUrl, accountSid, authToken, line: line(), tell, timeScale });
    desks.set(id, desk);
    tell({ type: 'desk', desk: id });
  }

  function deskOf(id: string): Desk {
    const desk = desks.get(id);
    if (desk) return desk;
    throw new Refused(404, 'no_desk', 'This page is not connected any more: reload it.');
  }

  /** What is dialled is Aurora's, and nobody else's. */
  function requireOwnNumber(number: string): void {
    if (setup.numbers.some((own) => own.number === number)) return;
    throw new Refused(400, 'strange_number', 'Nobody answers there: choose one of the numbers.');
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known =
    error instanceof Refused
      ? error
      : new Refused(500, 'failed', 'That failed: the terminal of npm start says why.');
  const { code, message } = known;
  // What was not read of the request is not waited for.
  response.setHeader('connection', 'close');
  sendJson(response, known.status, { error: { code, message } } satisfies Refusal);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    ...COMMON_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
