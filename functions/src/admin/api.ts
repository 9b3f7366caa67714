import cors from 'cors';
import express, { type Express } from 'express';
import type { Gate } from '../access/gate.ts';
import { AuroraError } from '../errors.ts';
import type { Log } from '../log.ts';
import { answerErrors } from './answer-error.ts';
import type { Limits } from './limits.ts';
import { mount } from './mount.ts';
import { requestContext } from './request-context.ts';
import type { Route } from './route.ts';

export interface ApiOptions {
  routes: readonly Route[];
  gate: Pick<Gate, 'admit'>;
  limits: Limits;
  /** Origins of the web pages that may ask. */
  corsOrigins: readonly string[];
  /** Proxies in front that append to X-Forwarded-For. */
  proxyHops: number;
  log: Log;
  /** `now` in epoch milliseconds. */
  clock: { now(): number };
}

/** The supervisors' JSON API over its routes. */
export function createApi({ routes, gate, limits, log, clock, ...options }: ApiOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.proxyHops);
  app.use(requestContext(log, clock));
  app.use(allowOrigins(options.corsOrigins));
  app.use(mount(routes, { gate, limits }));
  app.use(() => {
    throw new AuroraError(404, 'unknown_route', 'There is nothing under this address.');
  });
  app.use(answerErrors(log));
  return app;
}

/** What a page of another origin may send and see; tokens travel in a header, so no cookies do. */
export function allowOrigins(origins: readonly string[]) {
  return cors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Cache-Control',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'Last-Event-ID',
    ],
    exposedHeaders: [
      'Content-Disposition',
      'ETag',
      'Retry-After',
      'X-Export-Complete',
      'X-Request-Id',
    ],
    maxAge: 7_200,
  });
}
