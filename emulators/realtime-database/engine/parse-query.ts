import { z } from 'zod';
import { DatabaseError } from './errors.ts';
import { parsePath } from './path.ts';
import { bound, type Index, type Query } from './query.ts';

const scalarOrNull = z.union([z.string(), z.number(), z.boolean(), z.null()]);
type ScalarOrNull = z.infer<typeof scalarOrNull>;

/** A query as the WebSocket protocol writes it (the SDK's QueryParams). */
const wireQuery = z.object({
  i: z.string().default('.priority'),
  sp: scalarOrNull.optional(),
  sn: z.string().optional(),
  sin: z.boolean().default(true),
  ep: scalarOrNull.optional(),
  en: z.string().optional(),
  ein: z.boolean().default(true),
  l: z.int().positive().optional(),
  vf: z.enum(['l', 'r']).default('l'),
});

/**
 * Reads the `q` of a WebSocket request. An absent or empty one is the whole location: undefined.
 * @throws DatabaseError invalid_query
 */
export function parseWireQuery(json: unknown): Query | undefined {
  if (json === undefined || json === null) return undefined;
  const parsed = wireQuery.safeParse(json);
  if (!parsed.success) throw refuse(z.prettifyError(parsed.error));
  const { i, sp, sn, sin, ep, en, ein, l, vf } = parsed.data;
  if (Object.keys(json).length === 0) return undefined;
  return {
    index: indexFrom(i, { key: '.key', value: '.value', priority: '.priority' }),
    ...(sp !== undefined && { start: bound('start', sp, sn, sin) }),
    ...(ep !== undefined && { end: bound('end', ep, en, ein) }),
    ...(l !== undefined && { limit: { count: l, from: vf === 'l' ? 'first' : 'last' } }),
  };
}

const RANGE = ['startAt', 'startAfter', 'endAt', 'endBefore', 'equalTo'] as const;
const LIMITS = ['limitToFirst', 'limitToLast'] as const;
export const REST_QUERY_PARAMETERS = ['orderBy', ...RANGE, ...LIMITS] as const;

/**
 * Reads REST's query parameters; undefined where there are none.
 * https://firebase.google.com/docs/database/rest/retrieve-data#section-rest-filtering
 * @throws DatabaseError invalid_query
 */
export function parseRestQuery(parameters: URLSearchParams): Query | undefined {
  const given = REST_QUERY_PARAMETERS.filter((name) => parameters.has(name));
  if (given.length === 0) return undefined;
  const orderBy = parseJson(parameters.get('orderBy') ?? 'null');
  if (!parameters.has('orderBy')) {
    throw refuse('orderBy must be defined when other query parameters are defined');
  }
  if (typeof orderBy !== 'string') throw refuse('orderBy must be a valid JSON encoded path');
  const index = indexFrom(orderBy, { key: '$key', value: '$value', priority: '$priority' });
  const range = RANGE.filter((name) => parameters.has(name));
  const starts = range.filter((name) => !name.startsWith('end'));
  const ends = range.filter((name) => !name.startsWith('start'));
  if (starts.length > 1 || ends.length > 1) throw refuse(`${range.join(' and ')} can't be mixed`);
  const query: Query = { index };
  for (const name of range) {
    const [value, key] = parseBound(name, parameters.get(name) ?? '', index);
    const inclusive = name !== 'startAfter' && name !== 'endBefore';
    if (starts.includes(name)) query.start = bound('start', value, key, inclusive);
    if (ends.includes(name)) query.end = bound('end', value, key, inclusive);
  }
  const limits = LIMITS.filter((name) => parameters.has(name));
  if (limits.length > 1) throw refuse('Only one of limitToFirst and limitToLast may be specified');
  for (const name of limits) {
    const count = Number(parameters.get(name));
    if (!Number.isSafeInteger(count) || count < 1)
      throw refuse(`${name} must be a positive integer`);
    query.limit = { count, from: name === 'limitToFirst' ? 'first' : 'last' };
  }
  return query;
}

/** A bound is a JSON value, or a value and a key: `"Ada"` or `"Ada","-Nx1"`. */
function parseBound(name: string, text: string, index: Index): [ScalarOrNull, string | undefined] {
  const parsed = z
    .union([z.tuple([scalarOrNull]), z.tuple([scalarOrNull, z.string()])])
    .safeParse(parseJson(`[${text}]`));
  if (!parsed.success) throw refuse(`${name} must be a JSON value that is not an object`);
  const [value, key] = parsed.data;
  if (index.by === 'key' && typeof value !== 'string') {
    throw refuse(`${name} must be a JSON string when ordering by $key`);
  }
  return [value, key];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function indexFrom(text: string, names: { key: string; value: string; priority: string }): Index {
  if (text === names.key) return { by: 'key' };
  if (text === names.value) return { by: 'value' };
  if (text === names.priority) return { by: 'priority' };
  const path = parsePath(text);
  if (path.length === 0) throw refuse('the path to order by is empty');
  return { by: 'child', path };
}

function refuse(message: string): DatabaseError {
  return new DatabaseError('invalid_query', message);
}
