/**
 * Errors that know what they mean. `status` and `code` go to whoever asked; `retryable` says
 * whether the same attempt can succeed later: a task handler throws such an error (and is run
 * again) and records the others.
 */
export class AuroraError extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryable: boolean;
  /** What a program needs to know besides the code. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    options: { retryable?: boolean; cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AuroraError';
    this.status = status;
    this.code = code;
    this.retryable = options.retryable ?? (status >= 500 || status === 429);
    this.details = options.details ?? {};
  }
}

/** 429 that says when to come back. */
export class TooManyRequests extends AuroraError {
  readonly retryAfterInSeconds: number;

  constructor(retryAfterInSeconds: number, code = 'too_many_requests', what = 'requests') {
    const seconds = Math.max(1, retryAfterInSeconds);
    super(429, code, `Too many ${what}. Try again in ${seconds} s.`);
    this.retryAfterInSeconds = seconds;
  }
}

/** Whatever was thrown, as an Error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Errors that don't say count as passing: trying again is the choice that loses nothing. */
export function isRetryable(thrown: unknown): boolean {
  return (thrown as { retryable?: unknown } | undefined)?.retryable !== false;
}
