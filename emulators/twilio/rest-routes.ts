import { notFound } from './rest-errors.ts';

/** A request that is let in. */
export interface RestRequest {
  readonly path: string;
  /** Of the resource, and of what is beneath it; empty where the path has none. */
  readonly sid: string;
  readonly key: string;
  /** Of a name that comes twice the last counts; `fields` has them all. */
  readonly form: Readonly<Record<string, string>>;
  readonly fields: URLSearchParams;
  readonly query: URLSearchParams;
}

/**
 * By method and path beneath the account, such as `GET Conferences/{sid}/Participants/{key}`.
 * What is returned is sent as JSON; nothing at all is a 204.
 */
export type Routes = Readonly<Record<string, (request: RestRequest) => unknown>>;

const PATH =
  /^\/2010-04-01\/Accounts\/(\w+)\/(\w+)(?:\/([\w-]+)(?:\/(\w+)(?:\/([^/]+))?)?)?\.json$/;

/** @throws RestError */
export function findRoute(
  routes: Routes,
  accountSid: string,
  method: string,
  target: string,
  fields: URLSearchParams,
): () => unknown {
  const { pathname: path, searchParams: query } = new URL(target, 'http://localhost');
  const [, account, resource, sid, beneath, key] = PATH.exec(path) ?? [];
  const pieces = [
    `${method} ${resource}`,
    ...(sid === undefined ? [] : ['{sid}']),
    ...(beneath === undefined ? [] : [beneath]),
    ...(key === undefined ? [] : ['{key}']),
  ];
  const name = pieces.join('/');
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (account !== accountSid || route === undefined) throw notFound(path);
  const form = Object.fromEntries(fields);
  const request = { path, sid: sid ?? '', key: decode(key ?? ''), form, fields, query };
  return () => route(request);
}

function decode(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}
