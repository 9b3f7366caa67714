import type { ServerResponse } from 'node:http';
import type { ChatRequest } from './server.ts';

/** What a request meets. `text` is what the model says, as it says it. */
export type Behaviour =
  | {
      kind: 'answer';
      /** Given the request's user message, for a model that does what it reads there. */
      text: string | ((user: string) => string);
      /** Milliseconds before the first byte. */
      firstTokenAfter?: number;
    }
  /** Begins its answer, and never goes on. */
  | { kind: 'stall'; text: string }
  /** Accepts the request, and never answers. */
  | { kind: 'hang' }
  /** Cuts the connection in the middle of the answer. */
  | { kind: 'cut'; text: string }
  /** Declines, in the field that the API has for it. */
  | { kind: 'refuse'; why: string }
  | { kind: 'fail'; status: number; retryAfter?: number };

/** Characters of a piece of a stream. */
const PIECE = 12;

/** Answers one request. Resolves when nothing is left to do; a hanging one stays open. */
export async function perform(
  behaviour: Behaviour,
  request: ChatRequest,
  response: ServerResponse,
): Promise<void> {
  switch (behaviour.kind) {
    case 'hang':
      return;
    case 'fail':
      return fail(behaviour, response);
    case 'refuse':
      return send(request, response, { content: null, refusal: behaviour.why });
    case 'stall':
    case 'cut': {
      const [half = ''] = wire(request, { content: behaviour.text });
      response.writeHead(200, headers(request));
      response.write(half.slice(0, half.length / 2));
      if (behaviour.kind === 'cut') setImmediate(() => response.destroy());
      return;
    }
    case 'answer': {
      const { text, firstTokenAfter = 0 } = behaviour;
      const content = typeof text === 'string' ? text : text(userMessage(request));
      await new Promise((resolve) => setTimeout(resolve, firstTokenAfter).unref());
      return send(request, response, { content });
    }
  }
}

interface Said {
  content: string | null;
  refusal?: string;
}

function send(request: ChatRequest, response: ServerResponse, said: Said): void {
  if (response.destroyed) return;
  response.writeHead(200, headers(request));
  for (const piece of wire(request, said)) response.write(piece);
  response.end();
}

function fail(
  { status, retryAfter }: { status: number; retryAfter?: number },
  response: ServerResponse,
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
  response.end(JSON.stringify({ error: { message: `Status ${status}.`, type: 'scripted' } }));
}

function headers({ stream }: ChatRequest): Record<string, string> {
  return { 'content-type': stream ? 'text/event-stream' : 'application/json' };
}

/** The body in the pieces in which it is sent. */
function wire(request: ChatRequest, said: Said): string[] {
  const base = { id: 'chatcmpl-local', created: 0, model: request.model };
  const finish_reason = 'stop';
  if (!request.stream) {
    const message = { role: 'assistant', ...said };
    const characters = said.content?.length ?? 0;
    const usage = { prompt_tokens: 0, completion_tokens: characters, total_tokens: characters };
    const choices = [{ index: 0, message, finish_reason }];
    return [JSON.stringify({ ...base, object: 'chat.completion', choices, usage })];
  }
  const event = (delta: object, end: string | null = null) => {
    const choices = [{ index: 0, delta, finish_reason: end }];
    return `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices })}\n\n`;
  };
  const text = said.content ?? '';
  const pieces = Array.from({ length: Math.ceil(text.length / PIECE) }, (_, at) =>
    event({ content: text.slice(at * PIECE, (at + 1) * PIECE) }),
  );
  return [event({ role: 'assistant' }), ...pieces, event({}, finish_reason), 'data: [DONE]\n\n'];
}

export function userMessage({ messages }: ChatRequest): string {
  const content = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}
