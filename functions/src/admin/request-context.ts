import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../log.ts';

/**
 * Answers are data for scripts, never pages: nothing may frame, sniff, run or keep them. Without
 * `private` Hosting takes a cookie out of an answer.
 */
const HEADERS = {
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** Our own id of the request: a client's would be text of a stranger in our log. */
export function requestIdOf(response: Response): string {
  return response.locals.requestId as string;
}

/** Says which route serves the request, as a pattern: addresses hold phone numbers. */
export function nameRoute(response: Response, route: string): void {
  response.locals.route = route;
}

/** Gives each request an id, each answer its headers, and each its one line in the log. */
export function requestContext(log: Log, clock: { now(): number }) {
  return function requestContext(request: Request, response: Response, next: NextFunction): void {
    const startedAt = clock.now();
    response.locals.requestId = randomUUID();
    response.set(HEADERS).set('X-Request-Id', requestIdOf(response));
    response.once('finish', () => {
      const fields = {
        request_id: requestIdOf(response),
        path: `${request.method} ${response.locals.route ?? '(no route)'}`,
        status: response.statusCode,
        milliseconds: clock.now() - startedAt,
      };
      log.info('An API request was answered.', fields);
    });
    next();
  };
}
