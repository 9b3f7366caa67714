import { readFileSync } from 'node:fs';
import {
  type Database,
  enableLogging,
  endAt,
  get,
  goOffline,
  limitToFirst,
  onDisconnect,
  onValue,
  orderByChild,
  orderByKey,
  push,
  query,
  ref,
  remove,
  runTransaction,
  set,
  update,
} from '@firebase/database';
import { describe, expect, test } from 'vitest';
import { live } from '../../functions/src/paths.ts';
import { now, PROJECT, startWithRules } from './client-sdk.fixture.ts';
import { forgedToken, userToken } from './client-tokens.fixture.ts';

/*
 * The product's own database.rules.json, against the client SDK and REST: no client may read or
 * write anything, whoever it is or claims to be. That these tests could fail is shown by
 * grants.conformance.test.ts, where rules do let clients in.
 */
const RULES = readFileSync(new URL('../../database.rules.json', import.meta.url), 'utf8');

/** Where the product keeps something, each top-level location and one inside it, and the root. */
const PATHS = Object.values(live).map((path) =>
  typeof path === 'string' ? path : (path as (...ids: string[]) => string)('x1', 'x2', 'x3'),
);
const TOP_LEVEL = [...new Set(PATHS.map((path) => path.split('/')[0] ?? ''))];
const LOCATIONS = [...new Set(['', 'elsewhere', ...TOP_LEVEL, ...PATHS])];

const CONTENT = Object.fromEntries(TOP_LEVEL.map((name) => [name, { x1: { secret: true } }]));

const user = { project: PROJECT, uid: 'u1', issuedAt: now() };
const USER = userToken({ ...user, more: { admin: true } });

const FORGED: [string, string][] = [
  ['a forged signature', forgedToken({ ...user, more: { admin: true } })],
  ['another project’s token', userToken({ ...user, more: { aud: 'other' } })],
  ['an expired token', userToken({ ...user, issuedAt: now() - 7_200 })],
  ['garbage', 'garbage'],
  ['nearly the owner’s', 'owner2'],
];

test('the tests know every top-level location of the design', () => {
  expect(TOP_LEVEL).toEqual(
    expect.arrayContaining([
      'active_calls',
      'active_conversations',
      'call_sids',
      'open_texts',
      'archived_calls',
      'admin_state',
      'revoked_tokens',
      'stream_slots',
      'login_tries',
    ]),
  );
});

describe('the client SDK is denied everything', () => {
  test.for<[string, string | undefined]>([
    ['without a token', undefined],
    ['with a token of the local Auth emulator', USER],
  ])('%s', async ([, token]) => {
    const { connect, content, store } = await startWithRules(RULES);
    store(CONTENT);
    const database = connect(token);
    for (const location of LOCATIONS) {
      const at = refTo(database, location);
      const queries = [
        query(at, orderByKey(), limitToFirst(1)),
        query(at, orderByChild('secret'), endAt(true)),
      ];
      const attempts = {
        get: () => get(at),
        listen: () => listen(at),
        queries: () => Promise.any(queries.flatMap((of) => [get(of), listen(of)])),
        set: () => set(at, { secret: false }),
        update: () => update(at, { secret: false }),
        'update of several paths': () => update(at, { 'a/b': 1, 'c/d': null }),
        remove: () => remove(at),
        push: () => push(at, 1),
        transaction: () => runTransaction(at, () => ({ secret: false })),
        onDisconnect: () => onDisconnect(at).set(1),
        'onDisconnect update': () => onDisconnect(at).update({ a: 1 }),
      };
      for (const [name, attempt] of Object.entries(attempts)) {
        const outcome = await attempt().then(() => 'allowed', reasonOf);
        expect([location, name, outcome]).toEqual([location, name, 'denied']);
      }
    }
    expect(content()).toEqual(CONTENT);
  });
});

test('a client SDK with a forged token is refused its token, gets nothing and changes nothing', async () => {
  const refusals: string[] = [];
  const told = watchLog('Auth token revoked', refusals);
  const { connect, content, store } = await startWithRules(RULES);
  store(CONTENT);
  const received: unknown[] = [];
  const keep = (value: unknown) => void received.push(value);
  for (const [, token] of FORGED) {
    // Two: a client sees what it has written before the server has said anything.
    const [reader, writer] = [connect(token), connect(token)];
    for (const location of LOCATIONS) {
      const read = refTo(reader, location);
      onValue(read, keep, () => {});
      get(read).then(keep, () => {});
    }
    // It tries again and again; once is enough.
    await told();
    goOffline(reader);
    for (const location of LOCATIONS) {
      const written = refTo(writer, location);
      set(written, { secret: false }).then(keep, () => {});
      update(written, { secret: false }).then(keep, () => {});
    }
    await told();
    goOffline(writer);
  }
  enableLogging(false);
  expect(refusals.length).toBeGreaterThanOrEqual(FORGED.length);
  expect(received).toEqual([]);
  expect(content()).toEqual(CONTENT);
});

describe('REST is denied everything', () => {
  const words: Record<string, string> = {
    'an expired token': 'Auth token is expired',
    'no token': 'Permission denied',
    'a token of the local Auth emulator': 'Permission denied',
  };
  test.for<[string, string | undefined]>([
    ['no token', undefined],
    ['a token of the local Auth emulator', USER],
    ...FORGED,
  ])('with %s', async ([name, token]) => {
    const { content, rest, store } = await startWithRules(RULES);
    store(CONTENT);
    const error = words[name] ?? 'Could not parse auth token.';
    for (const location of ['', 'elsewhere', 'active_calls/x1', ...TOP_LEVEL]) {
      const answers = requestsTo(location, token).map(async ([path, init]) => {
        const answer = await rest(path, init);
        return { path, init, status: answer.status, answer: await answer.json() };
      });
      for (const answer of await Promise.all(answers)) {
        expect(answer).toMatchObject({ status: 401, answer: { error } });
      }
    }
    for (const method of ['GET', 'PUT']) {
      const settings = await rest(`.settings/rules.json?${token ? `auth=${token}` : ''}`, {
        method,
        ...(method === 'PUT' && { body: '{ "rules": { ".read": true, ".write": true } }' }),
      });
      expect([method, settings.status]).toEqual([method, 401]);
    }
    expect(content()).toEqual(CONTENT);
  });
});

type Request = [path: string, init: RequestInit & { json?: unknown }];

/** Each attempt in each way in which a token can be sent. */
function requestsTo(location: string, token: string | undefined): Request[] {
  return ATTEMPTS.flatMap(([method, parameters, headers, json]): Request[] => {
    const path = `${location}.json?${parameters}`;
    const init = { method, headers, json };
    if (token === undefined) return [[path, init]];
    const withHeader = { ...init, headers: { ...headers, authorization: `Bearer ${token}` } };
    return [
      [path, withHeader],
      [`${path}&auth=${token}`, init],
      [`${path}&access_token=${token}`, init],
    ];
  });
}

const ATTEMPTS: [
  method: string,
  parameters: string,
  headers: Record<string, string>,
  json?: unknown,
][] = [
  ['GET', '', {}],
  ['GET', 'shallow=true', {}],
  ['GET', 'orderBy="$key"&limitToFirst=1', {}],
  ['GET', 'print=silent', { 'X-Firebase-ETag': 'true' }],
  ['PUT', '', {}, { secret: false }],
  ['PUT', '', { 'if-match': 'null_etag' }, { secret: false }],
  ['PATCH', '', {}, { secret: false }],
  ['PATCH', '', {}, { 'a/b': 1, 'c/d': null }],
  ['POST', '', {}, { secret: false }],
  ['POST', '', { 'X-HTTP-Method-Override': 'PUT' }, { secret: false }],
  ['DELETE', '', {}],
  ['DELETE', '', { 'if-match': 'null_etag' }],
];

function refTo(database: Database, location: string) {
  return location === '' ? ref(database) : ref(database, location);
}

function reasonOf(error: unknown): string {
  const text = error instanceof AggregateError ? error.errors.join() : String(error);
  return /permission.denied/i.test(text) ? 'denied' : text;
}

/** Resolves when the listener is told something, rejects when it is cancelled. */
function listen(at: ReturnType<typeof query>): Promise<unknown> {
  return new Promise((resolve, reject) => onValue(at, resolve, reject));
}

/** Collects lines of the SDK's log; the function resolves at the next one. */
function watchLog(wanted: string, lines: string[]): () => Promise<void> {
  let wake = () => {};
  enableLogging((line) => {
    if (!line.includes(wanted)) return;
    lines.push(line);
    wake();
  });
  return () =>
    new Promise((resolve) => {
      wake = resolve;
    });
}
