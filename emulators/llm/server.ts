/**
 * A language model's API that does what it is told: chat completions in OpenAI's form, as JSON or as
 * a stream of server-sent events. Requests are answered by the script, in order, then by `always`.
 *
 * Differs from a provider: plain HTTP on this machine; no model thinks here; a stream is cut into
 * pieces of a few characters instead of tokens; usage counts characters.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Behaviour, perform } from './behaviour.ts';

/** A request as it came, for tests to look at. */
export interface LlmRequest {
  authorization: string | undefined;
  body: ChatRequest;
}

export interface ChatRequest {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string | { type: string; text: string }[] }[];
  [option: string]: unknown;
}

export interface LlmServer {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly port: number;
  /** To be set as LLM_BASE_URL. */
  readonly url: string;
  /** What the next requests meet, one behaviour each; with a model's name only that model's. */
  script(behaviours: readonly Behaviour[], model?: string): void;
  /** What every request meets that no script is left for; with a model's name only that model's. */
  always(behaviour: Behaviour, model?: string): void;
  /** Every request since the last call, the oldest first. */
  takeRequests(): LlmRequest[];
  /** Resolves when so many requests, in all, were given up by whoever asked. */
  cancelled(count: number): Promise<void>;
}

const LONGEST_BODY = 4 * 1024 * 1024;

export function createLlmServer(options: {
  host?: string;
  /** 0 for any free one. */
  port: number;
  always: Behaviour;
}): LlmServer {
  const host = options.host ?? '127.0.0.1';
  const scripts = new Map<string, Behaviour[]>();
  const waiting: { count: number; done: () => void }[] = [];
  const always = new Map([['', options.always]]);
  let { port } = options;
  let requests: LlmRequest[] = [];
  let given = 0;
  const server = createServer((request, response) => void answer(request, response));

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
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    get port() {
      return port;
    },
    get url() {
      return `http://${host}:${port}/v1`;
    },
    script: (behaviours, model = '') => void scripts.set(model, [...behaviours]),
    always: (behaviour, model = '') => void always.set(model, behaviour),
    takeRequests() {
      const taken = requests;
      requests = [];
      return taken;
    },
    cancelled: (count) =>
      new Promise((done) => {
        waiting.push({ count, done });
        tellWaiting();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('close', () => {
      if (response.writableFinished) return;
      given += 1;
      tellWaiting();
    });
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'No such route.', type: 'not_found' } }));
      return;
    }
    const body = await readJson(request);
    if (!body) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'Not a chat.', type: 'invalid_request' } }));
      return;
    }
    requests.push({ authorization: request.headers.authorization, body });
    const script = scripts.get(body.model)?.length ? scripts.get(body.model) : scripts.get('');
    const usual = always.get(body.model) ?? always.get('') ?? options.always;
    await perform(script?.shift() ?? usual, body, response);
  }

  function tellWaiting(): void {
    for (const { count, done } of waiting) if (given >= count) done();
  }
}

async function readJson(request: IncomingMessage): Promise<ChatRequest | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > LONGEST_BODY) return undefined;
  }
  try {
    const body = JSON.parse(text) as ChatRequest;
    return typeof body.model === 'string' && Array.isArray(body.messages) ? body : undefined;
  } catch {
    return undefined;
  }
}
