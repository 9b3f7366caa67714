import express, { type Express, type Request, type Response } from 'express';
import type { AdminRecord } from '../access/admin-record.ts';
import type { Passwords } from '../access/passwords.ts';
import { type Tokens, unauthorized } from '../access/tokens.ts';
import { AuroraError } from '../errors.ts';
import type { Log } from '../log.ts';
import { answerErrors } from './answer-error.ts';
import { available } from './available.ts';
import { type CallSource, createCallReaders } from './call-readers.ts';
import type { Admins } from './firestore-admins.ts';
import { createHealth, type HealthOptions } from './health.ts';
import { createLogin } from './login.ts';
import { nameRoute, requestContext } from './request-context.ts';

export interface ApiDeps {
  admins: Admins;
  calls: CallSource;
  tokens: Tokens;
  passwords: Passwords;
  health: HealthOptions;
  log: Log;
  /** `now` in epoch milliseconds. */
  clock: { now(): number };
  /** Of Aurora, as health tells it. */
  version: string;
}

type Handler = (request: Request, response: Response) => Promise<void>;

/**
 * The supervisors' JSON API. Routes are known with and without `/api` in front: Hosting hands over
 * the whole path, while a function's own address ends in its name `api`, which is stripped.
 */
export function createApi(deps: ApiDeps): Express {
  const { admins, tokens, log, clock } = deps;
  const readers = createCallReaders(deps.calls);
  const login = createLogin({
    adminByEmail: (email) => available(admins.byEmail(email)),
    passwords: deps.passwords,
    tokens,
  });

  const routes = express.Router({ caseSensitive: true });
  route(routes, 'POST', '/login', login);
  route(routes, 'GET', '/health', createHealth(deps.health, deps));
  route(routes, 'GET', '/call/:call_id', async (request, response) => {
    const admin = await signedIn(request);
    response.json(await readers.call(admin, parameter(request, 'call_id')));
  });
  route(routes, 'GET', '/conversation/:conversation_id', async (request, response) => {
    const admin = await signedIn(request);
    response.json(await readers.conversation(admin, parameter(request, 'conversation_id')));
  });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', 'simple');
  app.use(requestContext(log, clock));
  app.use('/api', routes);
  app.use(routes);
  app.use(() => {
    throw new AuroraError(404, 'unknown_route', 'There is nothing under this address.');
  });
  app.use(answerErrors(log));
  return app;

  /** Who asks: the token says who, the record says what they are now. */
  async function signedIn(request: Request): Promise<AdminRecord> {
    const token = /^Bearer +([^\s]+) *$/i.exec(request.get('authorization') ?? '')?.[1];
    if (token === undefined) throw unauthorized();
    const { adminId } = tokens.verify(token);
    const admin = await available(admins.byId(adminId));
    if (!admin) throw unauthorized();
    return admin;
  }
}

/** One handler under one path; every other method is told which one it is. */
function route(routes: express.Router, method: 'GET' | 'POST', path: string, handle: Handler) {
  const allowed = method === 'GET' ? ['GET', 'HEAD'] : [method];
  routes.all(path, async (request, response) => {
    nameRoute(response, path);
    if (allowed.includes(request.method)) return handle(request, response);
    response.set('Allow', allowed.join(', '));
    throw new AuroraError(
      405,
      'method_not_allowed',
      `This address takes ${allowed.join(' or ')} only.`,
    );
  });
}

/** Express gives a list for wildcards only; the routes here have none. */
function parameter(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}
