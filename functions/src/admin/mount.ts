import express, { type Request, type Response, type Router } from 'express';
import type { z } from 'zod';
import { type AdminRole, RANKS } from '../access/admin-record.ts';
import type { Gate, Principal } from '../access/gate.ts';
import { AuroraError } from '../errors.ts';
import { InvalidRequest } from './answer-error.ts';
import { jsonBody } from './json-body.ts';
import type { Limits } from './limits.ts';
import { nameRoute, requestIdOf } from './request-context.ts';
import type { Answer, Route, SignedInAsked } from './route.ts';

export interface MountOptions {
  gate: Pick<Gate, 'admit'>;
  limits: Limits;
}

/**
 * The routes as an Express router. Every path is known with and without `/api` in front: Hosting
 * hands over the whole path, while a function's own address ends in its name `api`, which is
 * stripped. In this order: limit by address, method, token, limit by token, role, then each part of
 * the request by its schema; the handler comes last, and gets nothing that was not checked.
 */
export function mount(routes: readonly Route[], { gate, limits }: MountOptions): Router {
  const router = express.Router({ caseSensitive: true });
  for (const [path, methods] of Map.groupBy(routes, ({ path }) => path)) {
    const patterns = [path, path.replace(/^\/api(?=\/)/, '')].map(asExpress);
    router.all([...new Set(patterns)], async (request, response) => {
      nameRoute(response, path);
      const found = pick(methods, request, response);
      await answer(found, request, response);
    });
  }
  return router;

  async function answer(found: Route, request: Request, response: Response): Promise<void> {
    await limits.address(request.ip ?? '');
    const principal = found.access === 'public' ? undefined : await admitted(found, request);
    const asked = {
      ...(principal && { principal }),
      params: part(found.params, request.params, 'The address'),
      query: part(found.query, request.query, 'The query'),
      headers: part(found.headers, request.headers, 'A header'),
      body: found.body && (await jsonBody(request, response, found.body, found.largestBody)),
      origin: {
        ip: request.ip ?? '',
        userAgent: (request.get('user-agent') ?? '').slice(0, 300),
        requestId: requestIdOf(response),
      },
    };
    await send(await found.handle(asked as SignedInAsked), response);
  }

  async function admitted(found: Route, request: Request): Promise<Principal> {
    const { access, method, allowedWithoutTotp: withoutTotp = false } = found;
    const purpose = method === 'GET' ? 'read' : 'change';
    const principal = await gate.admit(request.get('authorization'), purpose, { withoutTotp });
    await limits.token(principal.tokenId);
    if (RANKS.indexOf(principal.role) < RANKS.indexOf(access as AdminRole)) {
      throw new AuroraError(
        403,
        'forbidden',
        `This needs the role ${access}; yours is ${principal.role}. Ask a company_admin.`,
      );
    }
    if (found.forOperators && !principal.operator) {
      throw new AuroraError(
        403,
        'forbidden',
        'This is for operators of the installation. One of them can make you one at a terminal.',
      );
    }
    return principal;
  }
}

/** The route of the method, HEAD being a GET; every other method is told which ones there are. */
function pick(methods: readonly Route[], request: Request, response: Response): Route {
  const wanted = request.method === 'HEAD' ? 'GET' : request.method;
  const found = methods.find(({ method }) => method === wanted);
  if (found) return found;
  const allowed = methods.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  response.set('Allow', allowed.join(', '));
  throw new AuroraError(
    405,
    'method_not_allowed',
    `This address takes ${allowed.join(' or ')} only.`,
  );
}

function part(schema: z.ZodType | undefined, value: unknown, what: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidRequest(
    `${what} does not have the right form. Mend what is named in details.`,
    result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}

async function send({ status, body, headers, write }: Answer, response: Response): Promise<void> {
  if (headers) response.set(headers);
  if (write) {
    response.status(status ?? 200);
    return write(response);
  }
  if (body === undefined) response.status(status ?? 204).end();
  else response.status(status ?? 200).json(body);
}

function asExpress(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
