import { createEventSource, type FetchLike } from 'eventsource-client';
import type { Printer } from './printer.ts';
import { Refused, refusalOf, type Session } from './session.ts';

export interface FollowOptions {
  session: Session;
  /** Of the stream, from the root on. */
  path: string;
  printer: Printer;
  /** Takes one line of what the stream tells. */
  print: (line: string) => void;
  /** Takes one line of what happens to the connection. */
  note: (line: string) => void;
  fetch: typeof fetch;
  /** Ends it as if the call were over. */
  signal: AbortSignal;
}

/** Codes of `error` events after which coming back helps. */
const PASSING = new Set(['reconnect', 'unavailable', 'unauthorized', 'token_expired']);

/**
 * Follows a stream until it is over, and comes back whenever it breaks off, from where it was.
 * Rejects with what refused it for good.
 */
export async function follow(options: FollowOptions): Promise<void> {
  const { session, path, printer, print, note, signal } = options;
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  let wasConnected = false;

  /** The answer is a stream, or it is thrown; a token that is not taken any more is renewed once. */
  const open: FetchLike = async (url, init) => {
    try {
      let response = await ask(url, init);
      if (response.status === 401) response = await ask(url, init);
      if (response.status === 200) return response;
      throw await refusalOf(response);
    } catch (error) {
      if (error instanceof Refused && !error.isPassing) reject(error);
      else note(error instanceof Refused ? error.message : 'Nothing answers.');
      throw error;
    }
  };

  async function ask(url: string | URL, init: Parameters<FetchLike>[1]): Promise<Response> {
    const token = await session.token();
    const headers = { ...init?.headers, authorization: `Bearer ${token}` };
    const response = await options.fetch(url, { ...(init as RequestInit), headers });
    if (response.status === 401) session.forget(token);
    return response;
  }

  const source = createEventSource({
    url: `${await session.streamsUrl()}${path}`,
    fetch: open,
    onConnect() {
      if (wasConnected) note('Connected again, going on from where it was.');
      wasConnected = true;
    },
    onScheduleReconnect: ({ delay }) => {
      if (!signal.aborted) note(`Not connected; trying again in ${delay} ms.`);
    },
    onMessage({ event = '', data }) {
      const value: unknown = JSON.parse(data);
      if (event === 'error') {
        const { code, message } = value as { code: string; message: string };
        if (!PASSING.has(code)) reject(new Refused(0, code, message));
        return;
      }
      const { lines, isOver } = printer.event(event, value);
      for (const line of lines) print(line);
      if (isOver) resolve();
    },
  });
  signal.addEventListener('abort', () => resolve());
  if (signal.aborted) resolve();
  try {
    await over;
  } finally {
    source.close();
  }
}
