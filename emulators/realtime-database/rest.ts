import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { actingAs, type Client, type Identification } from './client.ts';
import type { Database } from './database.ts';
import { DatabaseError } from './engine/errors.ts';
import type { Log } from './log.ts';
import { namespaceOf } from './namespace.ts';
import { answerData } from './rest-data.ts';
import { parseJsonBody, type RestAnswer, type RestRequest } from './rest-exchange.ts';
import { answerSettings } from './rest-settings.ts';
import type { TriggerRegistry } from './triggers.ts';

/** https://firebase.google.com/docs/database/usage/limits: 256 MB for one write over REST. */
const MAX_BODY_BYTES = 256 * 1024 * 1024;

export interface RestDoorOptions {
  databaseOf: (namespace: string) => Database;
  identification: Identification;
  triggers: TriggerRegistry;
  newPushId: () => string;
  log: Log;
}

const overridden = z.record(z.string(), z.unknown()).nullable();

/** Answers HTTP requests; never rejects. */
export type RestDoor = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function createRestDoor({
  databaseOf,
  identification,
  triggers,
  newPushId,
  log,
}: RestDoorOptions): RestDoor {
  return async function handle(incoming, response) {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const answer = await answerTo(incoming, url).catch(errorAnswer);
    send(response, answer, url.searchParams.get('print') === 'pretty');
  };

  async function answerTo(incoming: IncomingMessage, url: URL): Promise<RestAnswer> {
    const namespace = namespaceOf(url);
    if (namespace === undefined) throw invalidPath('the namespace (ns) is no possible name.');
    const request: RestRequest = {
      method: methodOf(incoming),
      pathname: decodePath(url.pathname),
      parameters: url.searchParams,
      wantsEtag: incoming.headers['x-firebase-etag'] === 'true',
      ifMatch: incoming.headers['if-match'],
      body: await readBody(incoming),
      client: clientOf(incoming, url.searchParams),
      database: databaseOf(namespace),
    };
    if (incoming.headers.accept?.includes('text/event-stream')) {
      throw new DatabaseError('unsupported', 'Streaming over REST is not supported; use the SDK.');
    }
    if (request.pathname.startsWith('/.settings/')) return answerSettings(request, triggers);
    if (!request.pathname.endsWith('.json')) {
      const error = 'append .json to your request URI to use the REST API.';
      return { status: request.method === 'GET' ? 404 : 405, json: { error } };
    }
    return answerData(request, newPushId);
  }

  function clientOf({ headers }: IncomingMessage, parameters: URLSearchParams): Client {
    const client =
      headers.authorization === undefined
        ? identification.byToken(parameters.get('access_token') ?? parameters.get('auth'))
        : identification.byHeader(headers.authorization);
    const override = parameters.get('auth_variable_override');
    return client.kind === 'owner' && override !== null ? actingAs(readAuth(override)) : client;
  }

  function errorAnswer(error: unknown): RestAnswer {
    if (error instanceof DatabaseError) {
      return { status: error.httpStatus, json: { error: error.message } };
    }
    log('error', 'a REST request failed', { error: String(error) });
    return { status: 500, json: { error: 'Internal error, see the log of the database.' } };
  }
}

function send(response: ServerResponse, answer: RestAnswer, isPretty: boolean): void {
  const { etag, json, status, text = stringify(json, isPretty) } = answer;
  if (etag !== undefined) response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-cache');
  if (text !== undefined) response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.writeHead(status).end(text);
}

function stringify(json: unknown, isPretty: boolean): string | undefined {
  return JSON.stringify(json, null, isPretty ? 2 : undefined);
}

/** Clients that can't send every method name it in a header of a POST. */
function methodOf({ headers, method = 'GET' }: IncomingMessage): string {
  const override = headers['x-http-method-override'];
  return method === 'POST' && typeof override === 'string' ? override.toUpperCase() : method;
}

function readAuth(text: string): Record<string, unknown> | null {
  const auth = overridden.safeParse(parseJsonBody(text));
  if (auth.success) return auth.data;
  throw new DatabaseError('invalid_data', 'auth_variable_override must be a JSON object or null.');
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    throw invalidPath('it is not well-formed.');
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    // Reads on to the end, so that the client is ready to read the answer.
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (length > MAX_BODY_BYTES) {
    throw new DatabaseError(
      'write_too_big',
      'Data to write exceeds the maximum size that can be modified with a single request.',
    );
  }
  return Buffer.concat(chunks).toString('utf8');
}

function invalidPath(reason: string): DatabaseError {
  return new DatabaseError('invalid_path', `Invalid path: ${reason}`);
}
