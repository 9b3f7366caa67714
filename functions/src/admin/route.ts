import type { Response } from 'express';
import type { z } from 'zod';
import type { AdminRole } from '../access/admin-record.ts';
import type { Principal } from '../access/gate.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route tells of itself: enough to check its requests and to describe it in OpenAPI. */
export interface RouteDescription {
  method: Method;
  /** As OpenAPI writes it: `/api/call/{call_id}`. */
  path: string;
  summary: string;
  /** The heading under which it stands in the documentation. */
  tag: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Bytes that the body may have, where that is more than LARGEST_BODY. */
  largestBody?: number;
  /** Request headers beside Authorization; names in lower case, values checked. */
  headers?: z.ZodObject;
  /** For those alone who run this installation. */
  forOperators?: boolean;
  /** For those who have yet to set up the second factor that their company asks for. */
  allowedWithoutTotp?: boolean;
  /** What it answers when all is well, by status; each schema is what the body is checked to be in tests. */
  answers: Record<number, AnswerDescription>;
}

export interface AnswerDescription {
  description: string;
  /** Absent: no body. */
  schema?: z.ZodType;
  /** Default: `application/json`. */
  contentType?: string;
  /** Text that it answers instead where another form is asked for. */
  otherTypes?: readonly string[];
  /** Headers of the answer that a client needs to know of, with their meaning. */
  headers?: Record<string, string>;
}

/** Where a request came from, for the audit log and for limits. */
export interface Origin {
  ip: string;
  userAgent: string;
  requestId: string;
}

/** A request whose every part was checked by the route's schemas. */
export interface Asked<P = unknown, Q = unknown, B = unknown, H = unknown> {
  params: P;
  query: Q;
  body: B;
  headers: H;
  origin: Origin;
}

export interface SignedInAsked<P = unknown, Q = unknown, B = unknown, H = unknown>
  extends Asked<P, Q, B, H> {
  principal: Principal;
}

/** Status 200 with a body and 204 without one, unless told. */
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** For answers that are written bit by bit, in place of `body`. */
  write?: (response: Response) => Promise<void>;
}

/** A route with its types worn off, as the app mounts it. */
export interface Route extends RouteDescription {
  /** The least role that may ask; `public` asks for no token. */
  access: AdminRole | 'public';
  handle(asked: SignedInAsked): Promise<Answer>;
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

interface Parts<
  P extends z.ZodObject | undefined,
  Q extends z.ZodObject | undefined,
  B extends z.ZodType | undefined,
  H extends z.ZodObject | undefined,
> extends Omit<RouteDescription, 'params' | 'query' | 'body' | 'headers'> {
  params?: P;
  query?: Q;
  body?: B;
  headers?: H;
}

/** A route for those who have signed in and have at least this role. */
export function route<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  H extends z.ZodObject | undefined = undefined,
>(
  description: Parts<P, Q, B, H> & {
    access: AdminRole;
    handle(asked: SignedInAsked<Output<P>, Output<Q>, Output<B>, Output<H>>): Promise<Answer>;
  },
): Route {
  return description as unknown as Route;
}

/** A route that anybody may ask. */
export function publicRoute<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  H extends z.ZodObject | undefined = undefined,
>(
  description: Parts<P, Q, B, H> & {
    handle(asked: Asked<Output<P>, Output<Q>, Output<B>, Output<H>>): Promise<Answer>;
  },
): Route {
  return { ...description, access: 'public' } as unknown as Route;
}
