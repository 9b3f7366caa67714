/**
 * A tiny server in Aurora's place, for the tests of the telephone: answers by path what it is told
 * and remembers what came.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { LOCAL_AUTH_TOKEN } from './local-account.ts';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Of the form body, or of the query for GET. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Twilio's own validator accepts it for this server's base URL. */
  readonly signed: boolean;
}

/** TwiML without its `Response`, a status, or the whole answer by hand. */
export type Answer =
  | string
  | number
  | ((seen: SeenRequest, response: ServerResponse) => string | number | Promise<void> | undefined);

export interface TestAurora {
  readonly baseUrl: string;
  readonly seen: SeenRequest[];
  /** `/path` of each request, in order. */
  paths(): string[];
  stop(): Promise<void>;
}

/** A path that is not told is answered 404; `/call-status` is answered 204. */
export async function startTestAurora(answers: Record<string, Answer>): Promise<TestAurora> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const target = request.url ?? '/';
    const url = new URL(target, baseUrl());
    const form = Object.fromEntries(new URLSearchParams(body));
    const received: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      target,
      headers: request.headers,
      body,
      parameters: request.method === 'GET' ? Object.fromEntries(url.searchParams) : form,
      signed: webhooks.validateRequest(
        LOCAL_AUTH_TOKEN,
        String(request.headers['x-twilio-signature']),
        baseUrl() + target,
        form,
      ),
    };
    seen.push(received);
    const answer = answers[url.pathname] ?? (url.pathname === '/call-status' ? 204 : 404);
    const result = typeof answer === 'function' ? answer(received, response) : answer;
    if (typeof result === 'string') {
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
      response.end(`<?xml version="1.0" encoding="UTF-8"?><Response>${result}</Response>`);
    } else if (typeof result === 'number') {
      response.writeHead(result).end();
    }
  });
  const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    baseUrl: baseUrl(),
    seen,
    paths: () => seen.map(({ path }) => path),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
