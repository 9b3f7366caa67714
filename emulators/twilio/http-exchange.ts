/**
 * One HTTP request and its answer, told apart as finely as Twilio does: could not connect, no answer
 * in time, answer broken off. node:http and not fetch, because fetch hides when the connection was
 * made and changes headers and the URL's characters.
 *
 * Differs from Twilio: certificates are checked as Node checks them, and there is no proxy.
 */
import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { SignedRequest } from './signed-request.ts';

export interface HttpTimeouts {
  readonly connectTimeout: number;
  readonly readTimeout: number;
  readonly totalTimeout: number;
}

export type HttpOutcome =
  | {
      readonly outcome: 'answered';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
      /** The body went on beyond the limit and was cut there. */
      readonly cut: boolean;
      /** Milliseconds from sending to the last byte. */
      readonly milliseconds: number;
    }
  | {
      readonly outcome: 'failed';
      readonly reason: 'invalid-url' | 'connect' | 'timeout' | 'broken';
      readonly message: string;
      readonly milliseconds: number;
    };

/** Far above what Twilio reads of a document, so that tests can show a long one. */
const LONGEST_BODY = 1024 * 1024;

/** Never rejects: what goes wrong is an outcome. */
export function sendRequest(
  signed: SignedRequest,
  timeouts: HttpTimeouts = { connectTimeout: 5_000, readTimeout: 15_000, totalTimeout: 15_000 },
): Promise<HttpOutcome> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  let request: ClientRequest;
  try {
    request = openRequest(signed);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return Promise.resolve({
      outcome: 'failed',
      reason: 'invalid-url',
      message,
      milliseconds: elapsed(),
    });
  }

  return new Promise((resolve) => {
    let connected = false;
    let answering = false;
    let timer = setTimeout(
      () => fail('connect', `no connection within ${timeouts.connectTimeout} ms`),
      timeouts.connectTimeout,
    );
    const total = setTimeout(
      () => fail('timeout', `no complete answer within ${timeouts.totalTimeout} ms`),
      timeouts.totalTimeout,
    );

    function finish(outcome: HttpOutcome): void {
      clearTimeout(timer);
      clearTimeout(total);
      request.destroy();
      resolve(outcome);
    }
    function fail(reason: 'connect' | 'timeout' | 'broken', message: string): void {
      finish({ outcome: 'failed', reason, message, milliseconds: elapsed() });
    }
    function awaitBytes(): void {
      clearTimeout(timer);
      timer = setTimeout(
        () => fail('timeout', `nothing came for ${timeouts.readTimeout} ms`),
        timeouts.readTimeout,
      );
    }

    request.on('socket', (socket) =>
      socket.once(signed.url.startsWith('https:') ? 'secureConnect' : 'connect', () => {
        connected = true;
        awaitBytes();
      }),
    );
    request.on('error', (error) => {
      if (answering) fail('broken', 'the answer broke off');
      else if (connected) fail('broken', `the connection broke before an answer: ${error.message}`);
      else fail('connect', error.message || 'connection refused');
    });
    request.on('response', (response) => {
      answering = true;
      const chunks: Buffer[] = [];
      let length = 0;
      const answered = (cut: boolean) =>
        finish({
          outcome: 'answered',
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          cut,
          milliseconds: elapsed(),
        });
      awaitBytes();
      response.on('data', (chunk: Buffer) => {
        awaitBytes();
        chunks.push(chunk);
        length += chunk.length;
        if (length > LONGEST_BODY) answered(true);
      });
      response.on('end', () => answered(false));
      response.on('error', () => fail('broken', 'the answer broke off'));
    });
    request.end(signed.body);
  });
}

/** The path goes out as it was written: `new URL` would re-encode what the signature covers. */
function openRequest(signed: SignedRequest): ClientRequest {
  const { protocol, hostname, port, username, password } = new URL(signed.url);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new Error(`${protocol} is not a protocol that Twilio requests`);
  }
  const rest = /^https?:\/\/[^/?#]*(.*)$/is.exec(signed.url)?.[1] ?? '';
  const open = protocol === 'https:' ? httpsRequest : httpRequest;
  return open({
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    path: rest.startsWith('/') ? rest : `/${rest}`,
    method: signed.method,
    headers: signed.headers,
    agent: false,
    ...(username !== '' && {
      auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}`,
    }),
  });
}
