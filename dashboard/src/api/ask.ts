import { detailWords, failureWords } from './failure-words.ts';

/** The API's way of telling a failure, or our own words for an answer that is none. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** The API's own code, or `no_answer`. */
  readonly code: string;
  readonly details: unknown;
  /** Seconds until a repetition is taken; absent where nobody said. */
  readonly retryAfter: number | undefined;

  constructor(of: {
    status: number;
    code: string;
    message: string;
    details?: unknown;
    retryAfter?: number | undefined;
  }) {
    super(of.message);
    this.status = of.status;
    this.code = of.code;
    this.details = of.details;
    this.retryAfter = of.retryAfter;
  }
}

export interface Asking {
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Milliseconds until an answer is given up; absent: PATIENCE. */
  patience?: number;
  /** Nobody reads what a failure says: no words are looked for. */
  unread?: boolean;
}

export interface Answer<T> {
  body: T;
  /** What to send as If-Match. */
  etag: string | undefined;
}

/** Milliseconds: a function that was asleep may need several seconds to start. */
const PATIENCE = 20_000;

/** Asks the API. @throws ApiError for every answer but a success, and where none comes in time */
export async function ask<T>(
  method: string,
  path: string,
  asking: Asking = {},
): Promise<Answer<T>> {
  const response = await send(method, path, asking);
  const text = await response.text();
  return {
    body: (text === '' ? undefined : JSON.parse(text)) as T,
    etag: response.headers.get('etag') ?? undefined,
  };
}

export interface FileAnswer {
  blob: Blob;
  name: string;
  /** False where it does not hold all that was asked for. */
  complete: boolean;
}

/** Asks for a file to be saved. @throws ApiError */
export async function askFile(path: string, token: string): Promise<FileAnswer> {
  const response = await send('GET', path, { token });
  const disposition = response.headers.get('content-disposition') ?? '';
  return {
    blob: await response.blob(),
    name: /filename="([\w.-]+)"/.exec(disposition)?.[1] ?? 'aurora',
    complete: response.headers.get('x-export-complete') !== 'false',
  };
}

async function send(method: string, path: string, asking: Asking): Promise<Response> {
  const { token, body, headers, signal, unread = false } = asking;
  const patience = AbortSignal.timeout(asking.patience ?? PATIENCE);
  const wordsOf = unread ? async (_: string, sentence: string) => sentence : failureWords;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    const message = await wordsOf('no_answer', 'Aurora did not answer.');
    throw new ApiError({ status: 0, code: 'no_answer', message });
  }
  if (!response.ok) throw await failureOf(response, wordsOf);
  return response;
}

async function failureOf(response: Response, wordsOf: typeof failureWords): Promise<ApiError> {
  const { status } = response;
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  const retryAfter = Number.isFinite(seconds) ? seconds : undefined;
  const { code, message, details } = await toldBy(response);
  return new ApiError({
    status,
    code,
    message: await wordsOf(code, message),
    details: await detailWords(details),
    retryAfter,
  });
}

interface Told {
  code: string;
  message: string;
  details?: unknown;
}

async function toldBy(response: Response): Promise<Told> {
  try {
    const { error } = (await response.json()) as { error: Told };
    return { code: error.code, message: error.message, details: error.details };
  } catch {
    return { code: 'unexpected', message: `Aurora answered with status ${response.status}.` };
  }
}
