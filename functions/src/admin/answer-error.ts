import type { NextFunction, Request, Response } from 'express';
import { AuroraError, asError, TooManyRequests } from '../errors.ts';
import type { Log } from '../log.ts';
import { requestIdOf } from './request-context.ts';

/** A fault of the request that can be shown part by part: `{ field: reason }` entries. */
export class InvalidRequest extends AuroraError {
  readonly fields: readonly { path: string; message: string }[];

  constructor(message: string, fields: readonly { path: string; message: string }[]) {
    super(400, 'invalid_request', message);
    this.fields = fields;
  }
}

/**
 * The one shape of every error: `{ error: { code, message, details } }`, where details always holds
 * the id under which the log has the request. Whatever is not an error of ours is told in general
 * words and logged.
 */
export function answerErrors(log: Log) {
  return function answerErrors(
    thrown: unknown,
    request: Request,
    response: Response,
    next: NextFunction,
  ): void {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = asAuroraError(thrown);
    if (error.status >= 500) {
      const fields = {
        request_id: requestIdOf(response),
        path: `${request.method} ${response.locals.route ?? '(no route)'}`,
        code: error.code,
        error: asError(error.cause ?? thrown),
      };
      log.error('An API request failed.', fields);
    }
    if (error.status === 401) response.set('WWW-Authenticate', 'Bearer realm="aurora"');
    if (error.status === 503) response.set('Retry-After', '5');
    if (error instanceof TooManyRequests) {
      response.set('Retry-After', String(error.retryAfterInSeconds));
    }
    response.status(error.status).json({
      error: {
        code: error.code,
        message: error.message,
        details: {
          ...error.details,
          request_id: requestIdOf(response),
          ...(error instanceof InvalidRequest ? { fields: error.fields } : {}),
        },
      },
    });
  };
}

function asAuroraError(thrown: unknown): AuroraError {
  if (thrown instanceof AuroraError) return thrown;
  return requestFault(thrown) ?? internal(thrown);
}

/** A fault of ours that no repetition mends. */
export function internal(cause: unknown): AuroraError {
  return new AuroraError(
    500,
    'internal',
    'Aurora failed to answer. If it stays so, report the request_id in details.',
    { cause, retryable: false },
  );
}

/** Express and its body parser throw errors that carry the status: 400 to 415. */
function requestFault(thrown: unknown): AuroraError | undefined {
  const { status, limit } = (thrown ?? {}) as { status?: unknown; limit?: unknown };
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  if (status === 413) return bodyTooLarge(typeof limit === 'number' ? limit : LARGEST_BODY);
  if (status === 415) {
    return new AuroraError(
      415,
      'unsupported_media_type',
      'Send the body in UTF-8, plain or with gzip, deflate or br.',
    );
  }
  return new AuroraError(
    400,
    'bad_request',
    'The request could not be read. Check its address, headers and body.',
  );
}

/** Bytes, where a route does not say more. */
export const LARGEST_BODY = 100_000;

export function bodyTooLarge(largest = LARGEST_BODY): AuroraError {
  return new AuroraError(
    413,
    'body_too_large',
    `The body is larger than ${largest / 1_000} kB. Send less.`,
  );
}
