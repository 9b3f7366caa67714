import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Served } from './served.fixture.ts';

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of any shape
  body: any;
}

export interface Asking {
  method?: string;
  token?: string | undefined;
  headers?: Record<string, string>;
  /** Text and bytes go out as they are, everything else as JSON. */
  body?: unknown;
}

/** Milliseconds after which a stream that has not sent its first event is given up. */
const PATIENCE = 10_000;

/** Asks, and reads the answer; of a stream what came up to the end of its first event. */
export async function ask(
  served: Pick<Served, 'address'>,
  path: string,
  { method = 'GET', token, headers = {}, body }: Asking = {},
): Promise<Answered> {
  const abort = new AbortController();
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(served.address() + path, {
    method,
    signal: abort.signal,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && {
      body: isRaw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body),
    }),
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  const text = isStream ? await firstEvent(response) : await response.text();
  if (isStream) abort.abort();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

async function firstEvent(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const late = wait(PATIENCE, undefined, { ref: false });
  let text = '';
  while (reader && !/^event: .*\n(?:.+\n)*\n/m.test(text)) {
    const read = await Promise.race([reader.read(), late]);
    if (!read || read.done) break;
    text += read.value;
  }
  reader?.cancel().catch(() => {});
  return text;
}

/** An event's data where the text is a stream's. */
function parsed(text: string): unknown {
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** The one shape of every failure; nothing else stands in it. */
export const Failure = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[a-z0-9_]+$/),
    message: z.string().min(20),
    details: z.strictObject({
      request_id: z.uuid(),
      fields: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
    }),
  }),
});
