import { expect, test } from 'vitest';
import { createIdentification, NOBODY } from './client.ts';
import { userToken } from './client-tokens.fixture.ts';
import { createConnection } from './connection.ts';
import { createDatabase } from './database.ts';

/** Who a connection is may change while it is open. */

const PROJECT = 'demo-test';
const RULES = { users: { $user: { '.read': 'auth.uid == $user', '.write': 'auth.uid == $user' } } };

function open() {
  let now = 1_800_000_000_000;
  const database = createDatabase({ namespace: 'test', now: () => now, onCommit: () => {} });
  database.replaceRules(JSON.stringify({ rules: RULES }));
  const identification = createIdentification({ project: PROJECT, now: () => now });
  const sent: { r?: number; a?: string; b: Record<string, unknown> }[] = [];
  const connection = createConnection({
    database,
    identification,
    client: NOBODY,
    send: (message) => void sent.push((message as { d: (typeof sent)[number] }).d),
    log: () => {},
  });
  return {
    connection,
    database,
    token: (uid: string) => userToken({ project: PROJECT, uid, issuedAt: now / 1_000 }),
    /** Sends a request and returns all that came back: pushes before the answer. */
    ask(a: string, b: object) {
      sent.length = 0;
      connection.receive(JSON.stringify({ t: 'd', d: { r: 1, a, b } }));
      return [...sent];
    },
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    pushed: () => sent.splice(0).map(({ a, b }) => ({ a, b })),
  };
}

const LISTEN = { p: '/users/u1', h: '' };
const QUERY = { p: '/users/u1', q: { i: '.key', l: 1, vf: 'l' }, t: 7, h: '' };

test('somebody who signs in may do what is theirs, and is told who they are', () => {
  const { ask, token } = open();
  expect(ask('q', LISTEN)[0]?.b).toEqual({ s: 'permission_denied', d: 'Permission denied' });
  const [answer] = ask('auth', { cred: token('u1') });
  expect(answer?.b).toMatchObject({ s: 'ok', d: { auth: { uid: 'u1', token: { sub: 'u1' } } } });
  expect(ask('q', LISTEN).map(({ a }) => a)).toEqual(['d', undefined]);
  expect(ask('p', { p: '/users/u1', d: 'mine' }).at(-1)?.b.s).toBe('ok');
  expect(ask('p', { p: '/users/u2', d: 'theirs' }).at(-1)?.b.s).toBe('permission_denied');
});

test.each<[string, (way: ReturnType<typeof open>) => [string, object]]>([
  ['signs out', () => ['unauth', {}]],
  ['signs in as somebody else', ({ token }) => ['auth', { cred: token('u2') }]],
  ['sends a token that is none', () => ['auth', { cred: 'garbage' }]],
])('the listeners of somebody who %s end, and hear of nothing more', (_, change) => {
  const way = open();
  way.ask('auth', { cred: way.token('u1') });
  way.ask('q', LISTEN);
  way.ask('q', QUERY);
  const ended = way.ask(...change(way)).filter(({ a }) => a === 'c');
  expect(ended.map(({ b }) => b)).toEqual([{ p: 'users/u1' }, { p: 'users/u1', q: [QUERY.q] }]);
  way.database.commit([{ path: ['users', 'u1', 'a'], json: 'secret' }]);
  expect(way.pushed().filter(({ a }) => a === 'd' || a === 'm')).toEqual([]);
});

test('a token that is none is refused in production’s words', () => {
  const { ask } = open();
  expect(ask('auth', { cred: 'garbage' })[0]?.b).toEqual({
    s: 'invalid_token',
    d: 'Could not parse auth token.',
  });
  // Only the owner may act as somebody else.
  ask('auth', { cred: 'garbage', authvar: { uid: 'u1' } });
  expect(ask('q', LISTEN)[0]?.b.s).toBe('permission_denied');
});

test('with the token’s time ends what it opened', () => {
  const { ask, database, pushed, token, wait } = open();
  ask('auth', { cred: token('u1') });
  ask('q', LISTEN);
  wait(3_600_000);
  expect(ask('g', { p: '/users/u1', q: {} })[0]?.b).toEqual({
    s: 'expired_token',
    d: 'Auth token is expired',
  });
  pushed();
  database.commit([{ path: ['users', 'u1'], json: 'secret' }]);
  expect(pushed()).toEqual([{ a: 'c', b: { p: 'users/u1' } }]);
});

test('the owner, who acts as somebody, has that one’s rights until they are the owner again', () => {
  const { ask } = open();
  ask('gauth', { cred: 'owner', authvar: { uid: 'u1' } });
  expect(ask('p', { p: '/users/u1', d: 1 }).at(-1)?.b.s).toBe('ok');
  expect(ask('p', { p: '/', d: 1 }).at(-1)?.b.s).toBe('permission_denied');
  ask('gauth', { cred: 'owner', noauth: true });
  expect(ask('p', { p: '/users/u1', d: 1 }).at(-1)?.b.s).toBe('permission_denied');
  ask('gauth', { cred: 'owner' });
  expect(ask('p', { p: '/', d: 1 }).at(-1)?.b.s).toBe('ok');
});

test('a connection that has ended is asked about its rights no more', () => {
  const { ask, connection, database, pushed, token } = open();
  ask('auth', { cred: token('u1') });
  ask('q', LISTEN);
  connection.close();
  pushed();
  database.replaceRules('{ "rules": {} }');
  database.commit([{ path: ['users', 'u1'], json: 1 }]);
  expect(pushed()).toEqual([]);
});
