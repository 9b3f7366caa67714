import { createParser } from 'eventsource-parser';

/**
 * Server-Sent Events over fetch, so that the token travels in a header. A stream that breaks is opened
 * again with the last id, and so gets what was missed and nothing twice.
 */
export type Connection =
  | { state: 'connecting' }
  /** `caughtUpAt`: when all that was missed while it was broken had come (epoch milliseconds). */
  | { state: 'live'; caughtUpAt?: number }
  /** Broken since then (epoch milliseconds); it is being opened again. */
  | { state: 'broken'; since: number; tries: number }
  /** Not opened again: signed out, not to be seen any more, or over. */
  | { state: 'closed'; code: string };

export interface StreamOptions {
  url: string;
  /** The token of now; undefined where nobody is signed in. */
  token: () => string | undefined;
  onEvent: (name: string, data: unknown) => void;
  onConnection: (connection: Connection) => void;
  /** Something came, be it only a heartbeat. */
  onHeard?: () => void;
  /** The token is not taken any more, or (`totp_setup_required`) not yet. */
  onUnauthorized: (code: string) => void;
  /** Milliseconds without a byte after which the stream counts as broken; heartbeats come each 30 s. */
  silence?: number;
}

const SILENCE = 45_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/** Milliseconds in which a server that has taken a stream up again has sent what was missed, if anything was. */
const CATCHING_UP = 1_500;

/** Codes of `error` events after which nothing comes of opening the stream again. */
const FINAL = new Set(['unauthorized', 'token_expired', 'totp_setup_required', 'not_found']);

/** Opens it, and keeps it open until the returned function is called. */
export function openStream(options: StreamOptions): () => void {
  const { url, token, onEvent, onConnection, onHeard, onUnauthorized } = options;
  const { silence = SILENCE } = options;
  const over = new AbortController();
  let lastId: string | undefined;
  let brokenSince: number | undefined;
  let tries = 0;
  void keepOpen();
  return () => over.abort();

  async function keepOpen(): Promise<void> {
    onConnection({ state: 'connecting' });
    while (!over.signal.aborted) {
      const closed = await once().catch(() => undefined);
      if (over.signal.aborted) return;
      if (closed !== undefined) {
        onConnection({ state: 'closed', code: closed });
        if (closed !== 'not_found' && closed !== 'ended') onUnauthorized(closed);
        return;
      }
      brokenSince ??= Date.now();
      tries += 1;
      onConnection({ state: 'broken', since: brokenSince, tries });
      await pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(tries - 1, 6)));
    }
  }

  /** Resolves when the server closes the stream; to a code where it is not to be opened again. */
  async function once(): Promise<string | undefined> {
    const attempt = new AbortController();
    const signal = AbortSignal.any([over.signal, attempt.signal]);
    const wasBroken = brokenSince !== undefined;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const isOffline = () => attempt.abort();
    window.addEventListener('offline', isOffline);
    let watchdog = setTimeout(() => attempt.abort(), silence);
    const alive = () => {
      onHeard?.();
      clearTimeout(watchdog);
      watchdog = setTimeout(() => attempt.abort(), silence);
    };
    try {
      const response = await fetch(url, {
        cache: 'no-store',
        headers: {
          accept: 'text/event-stream',
          authorization: `Bearer ${token() ?? ''}`,
          ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
        },
        signal,
      });
      if (response.status === 401) return 'unauthorized';
      if (response.status === 403) return await codeOf(response);
      if (response.status === 404) return 'not_found';
      if (!response.ok || !response.body) return undefined;
      alive();
      brokenSince = undefined;
      tries = 0;
      onConnection({ state: 'live' });
      if (wasBroken) settling = setTimeout(caughtUp, CATCHING_UP);
      return await read(response.body, alive);
    } finally {
      window.removeEventListener('offline', isOffline);
      clearTimeout(settling);
      clearTimeout(watchdog);
      attempt.abort();
    }
  }

  function caughtUp(): void {
    onConnection({ state: 'live', caughtUpAt: Date.now() });
  }

  async function read(
    body: ReadableStream<Uint8Array>,
    alive: () => void,
  ): Promise<string | undefined> {
    let closed: string | undefined;
    const parser = createParser({
      onEvent({ id, event = 'message', data }) {
        if (id !== undefined) lastId = id;
        const value: unknown = JSON.parse(data);
        if (event === 'error') {
          const { code } = value as { code: string };
          if (FINAL.has(code)) closed = code;
          return;
        }
        if (event === 'ended') closed = 'ended';
        if (event !== 'heartbeat') onEvent(event, value);
      },
    });
    const decoder = new TextDecoder();
    for await (const chunk of chunksOf(body)) {
      alive();
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (closed !== undefined) return closed;
    }
    return undefined;
  }

  function pause(milliseconds: number): Promise<void> {
    // Many pages that lost one server must not come back in one moment.
    const spread = milliseconds * (0.5 + Math.random() / 2);
    return new Promise((resolve) => {
      const timer = setTimeout(done, spread);
      function done(): void {
        clearTimeout(timer);
        window.removeEventListener('online', done);
        over.signal.removeEventListener('abort', done);
        resolve();
      }
      window.addEventListener('online', done);
      over.signal.addEventListener('abort', done);
    });
  }
}

/** Of a refusal; what is no refusal of ours means that nobody is signed in. */
async function codeOf(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { error: { code: string } };
    return FINAL.has(error.code) ? error.code : 'unauthorized';
  } catch {
    return 'unauthorized';
  }
}

/** Not every browser iterates over a stream. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}
