/**
 * Who may ask, and in which form. Any page that is open in a browser on this machine can send requests
 * here: the name in `Host` keeps out those who let a name of theirs lead to this machine (DNS
 * rebinding), and `Origin`, which browsers send with every POST, all pages but our own.
 */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { isOwnHost } from '../own-host.ts';
import { Refused } from './refused.ts';

const LONGEST_BODY = 16 * 1024;

/** @throws Refused unless the request was sent to this server by its own name and port */
export function requireOwnHost(request: IncomingMessage): void {
  if (isOwnHost(request)) return;
  const own = `127.0.0.1:${request.socket.localPort}`;
  throw new Refused(421, 'strange_host', `This server answers as ${own} only.`);
}

/** @throws Refused unless the server's own page asks */
export function requireOwnPage(request: IncomingMessage): void {
  requireOwnHost(request);
  if (request.headers.origin === `http://${request.headers.host}`) return;
  throw new Refused(403, 'strange_origin', 'Only the page of the telephone may ask this.');
}

/** The body, which must be JSON of that form. @throws Refused */
export async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new Refused(415, 'not_json', 'Send JSON, with content-type: application/json.');
  }
  const parsed = schema.safeParse(parseJson(await readText(request)));
  if (parsed.success) return parsed.data;
  throw new Refused(400, 'bad_request', z.prettifyError(parsed.error));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, 'bad_request', 'The body is not JSON.');
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) {
      throw new Refused(413, 'too_long', `Send at most ${LONGEST_BODY} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
