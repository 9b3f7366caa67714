import { AuroraError } from './errors.ts';

/**
 * The Realtime Database over REST, with compare-and-set by ETag. REST and not the SDK, for two
 * reasons: a write that exceeds its deadline is aborted and can't be sent any more, while the SDK
 * re-sends it when its socket comes back, perhaps hours later on a thawed instance; and a cold
 * instance pays no handshake.
 * https://firebase.google.com/docs/database/rest/save-data#section-conditional-requests
 */
export interface LiveDatabase {
  /** `null` where there is nothing. */
  read(path: string): Promise<Versioned>;
  /** The child keys of a path, without what lies below them. */
  keys(path: string): Promise<string[]>;
  /** Writes only where nothing is; otherwise changes nothing and returns what is there. */
  create(path: string, value: unknown): Promise<Outcome>;
  /** Writes (or with `null` removes) only where the etag still holds. */
  compareAndSet(path: string, etag: string, value: unknown): Promise<Outcome>;
}

export interface Versioned {
  value: unknown;
  etag: string;
}

/** `done: false` carries what is there instead. */
export type Outcome = { done: true } | ({ done: false } & Versioned);

export interface LiveDatabaseOptions {
  /** `https://x-default-rtdb.firebaseio.com`, or a local one with `?ns=`. */
  url: string;
  accessToken: () => Promise<string>;
  /** Milliseconds after which a request is aborted. */
  deadline?: number;
  fetch?: typeof fetch;
}

const ABSENT = 'null_etag';
const DEFAULT_DEADLINE = 5_000;

export function createLiveDatabase(options: LiveDatabaseOptions): LiveDatabase {
  const { url, accessToken, deadline = DEFAULT_DEADLINE, fetch: send = fetch } = options;

  async function request(
    method: 'GET' | 'PUT',
    path: string,
    init: { headers?: Record<string, string>; query?: Record<string, string>; body?: string },
  ): Promise<Response> {
    const signal = AbortSignal.timeout(deadline);
    try {
      const response = await send(address(url, path, init.query), {
        method,
        signal,
        headers: { ...init.headers, authorization: `Bearer ${await accessToken()}` },
        ...(init.body === undefined ? {} : { body: init.body }),
      });
      if (response.ok || response.status === 412) return response;
      await response.body?.cancel();
      throw new AuroraError(
        response.status,
        'database_refused',
        `The Realtime Database answered ${response.status}.`,
        { retryable: response.status !== 400 },
      );
    } catch (error) {
      if (error instanceof AuroraError) throw error;
      throw new AuroraError(503, 'database_away', 'The Realtime Database did not answer.', {
        cause: error,
      });
    }
  }

  async function put(path: string, etag: string, value: unknown): Promise<Outcome> {
    const response = await request('PUT', path, {
      headers: { 'if-match': etag, 'content-type': 'application/json' },
      body: JSON.stringify(value),
    });
    if (response.status !== 412) {
      await response.body?.cancel();
      return { done: true };
    }
    return { done: false, ...(await versioned(response)) };
  }

  return {
    read: async (path) =>
      versioned(await request('GET', path, { headers: { 'x-firebase-etag': 'true' } })),
    keys: async (path) => {
      const response = await request('GET', path, { query: { shallow: 'true' } });
      return Object.keys(((await response.json()) as object | null) ?? {});
    },
    create: (path, value) => put(path, ABSENT, value),
    compareAndSet: put,
  };
}

/**
 * Changes a value by compare-and-set, as often as others get in between. `undefined` leaves nothing
 * there. Throws 503 `contended` after so many tries.
 */
export async function changeAt(
  database: LiveDatabase,
  path: string,
  tries: number,
  to: (value: unknown) => unknown,
): Promise<void> {
  let known = await database.read(path);
  for (let attempt = 0; attempt < tries; attempt++) {
    const outcome = await database.compareAndSet(path, known.etag, to(known.value) ?? null);
    if (outcome.done) return;
    known = outcome;
  }
  throw new AuroraError(503, 'contended', 'Too many writers of one place at once: try again.');
}

async function versioned(response: Response): Promise<Versioned> {
  const value: unknown = await response.json();
  return { value, etag: response.headers.get('etag') ?? ABSENT };
}

function address(url: string, path: string, query: Record<string, string> = {}): URL {
  const target = new URL(url);
  target.pathname = `/${path.split('/').map(encodeURIComponent).join('/')}.json`;
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
  return target;
}
