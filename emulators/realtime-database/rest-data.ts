import { authorizeRead, authorizeUpdate, authorizeWrite } from './authorize.ts';
import { DatabaseError } from './engine/errors.ts';
import { etagOf } from './engine/hash.ts';
import { parseRestQuery, REST_QUERY_PARAMETERS } from './engine/parse-query.ts';
import { formatPath, type Path, parsePath } from './engine/path.ts';
import { runQuery } from './engine/query.ts';
import { EXPORT, type JsonForm, nodeToJson, nodeToShallowJson, PLAIN } from './engine/to-json.ts';
import type { Write } from './engine/write.ts';
import { parseJsonBody, type RestAnswer, type RestRequest } from './rest-exchange.ts';

/**
 * Reads and writes data: GET, PUT, PATCH, POST and DELETE on /path.json.
 * https://firebase.google.com/docs/reference/rest/database
 * @throws DatabaseError
 */
export function answerData(request: RestRequest, newPushId: () => string): RestAnswer {
  const path = parsePath(request.pathname.replace(/\.json$/, ''));
  const answer = answerMethod(request, path, newPushId);
  const isSilent = request.parameters.get('print') === 'silent' && answer.status === 200;
  return isSilent ? { ...answer, status: 204, json: undefined } : answer;
}

function answerMethod(request: RestRequest, path: Path, newPushId: () => string): RestAnswer {
  const { method, ifMatch } = request;
  if (ifMatch !== undefined && (method === 'PATCH' || method === 'POST')) {
    throw new DatabaseError('invalid_data', 'if-match is only supported on PUT and DELETE.');
  }
  switch (method) {
    case 'GET':
      return get(request, path);
    case 'PUT':
      return put(request, path, () => parseJsonBody(request.body));
    case 'DELETE':
      return put(request, path, () => null);
    case 'PATCH':
      return patch(request, path);
    case 'POST':
      return post(request, [...path, newPushId()]);
    default:
      return { status: 405, json: { error: `Method ${method} is not supported.` } };
  }
}

function get(request: RestRequest, path: Path): RestAnswer {
  const { client, database, parameters } = request;
  authorizeRead(client, database, path);
  const node = database.read(path);
  const etag = etagIfWanted(request, path);
  const form: JsonForm = parameters.get('format') === 'export' ? EXPORT : PLAIN;
  if (parameters.get('shallow') === 'true') {
    if (REST_QUERY_PARAMETERS.some((name) => parameters.has(name))) {
      throw new DatabaseError('invalid_query', "shallow can't be combined with a query.");
    }
    return { status: 200, json: nodeToShallowJson(node), ...etag };
  }
  const query = parseRestQuery(parameters);
  if (!query) return { status: 200, json: nodeToJson(node, form), ...etag };
  database.rules.requireIndex(path, query.index);
  const entries = runQuery(node, query).map(
    ({ key, node }) => [key, nodeToJson(node, form)] as const,
  );
  return { status: 200, json: Object.fromEntries(entries), ...etag };
}

function put(request: RestRequest, path: Path, readJson: () => unknown): RestAnswer {
  const { client, database, ifMatch } = request;
  if (ifMatch !== undefined) {
    // Whether the condition holds tells what is there.
    authorizeRead(client, database, path);
    const node = database.read(path);
    if (etagOf(node) !== ifMatch) {
      return { status: 412, json: nodeToJson(node, PLAIN), etag: etagOf(node) };
    }
  }
  authorizeWrite(client, database, path, readJson);
  commit(request, [{ path, json: readJson() }]);
  return { status: 200, json: stored(request, path), ...etagIfWanted(request, path) };
}

function patch(request: RestRequest, path: Path): RestAnswer {
  const { client, database } = request;
  const writes = authorizeUpdate(client, database, path, () => parseJsonBody(request.body));
  commit(request, writes);
  const entries = writes.map(
    (write) => [formatPath(write.path.slice(path.length)), stored(request, write.path)] as const,
  );
  return { status: 200, json: Object.fromEntries(entries) };
}

function post(request: RestRequest, path: Path): RestAnswer {
  const readJson = () => parseJsonBody(request.body);
  authorizeWrite(request.client, request.database, path, readJson);
  commit(request, [{ path, json: readJson() }]);
  return { status: 200, json: { name: path.at(-1) }, ...etagIfWanted(request, path) };
}

function commit({ database, parameters }: RestRequest, writes: readonly Write[]): void {
  // firebase-tools imports data with this parameter.
  database.commit(writes, { triggers: parameters.get('disableTriggers') !== 'true' });
}

/** What a write has left at a location: server values are resolved. */
function stored({ database }: RestRequest, path: Path): unknown {
  return nodeToJson(database.read(path), PLAIN);
}

function etagIfWanted({ database, wantsEtag }: RestRequest, path: Path): { etag?: string } {
  return wantsEtag ? { etag: etagOf(database.read(path)) } : {};
}
