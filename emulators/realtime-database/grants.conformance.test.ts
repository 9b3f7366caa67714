import {
  type Database,
  get,
  goOffline,
  limitToFirst,
  onDisconnect,
  onValue,
  orderByKey,
  query,
  ref,
  runTransaction,
  set,
  update,
} from '@firebase/database';
import { describe, expect, test } from 'vitest';
import { now, PROJECT, startWithRules } from './client-sdk.fixture.ts';
import { userToken } from './client-tokens.fixture.ts';

/** Rules do let clients in, and only where they grant: so that the tests of the denials can fail. */
const USER = userToken({
  project: PROJECT,
  uid: 'u1',
  issuedAt: now(),
  more: { company: 'plant' },
});

const RULES = JSON.stringify({
  rules: {
    public: { '.read': true, '.write': 'true' },
    letters: { '.write': true },
    board: { '.read': 'auth != null' },
    users: { $user: { '.read': 'auth.uid === $user', '.write': 'auth.uid === $user' } },
    companies: { $company: { '.read': 'auth.token.company == $company' } },
    counters: {
      '.read': true,
      $name: { '.write': 'newData.isNumber() && (!data.exists() || newData.val() > data.val())' },
    },
    shared: { '.read': 'root.child("open").val() === true' },
  },
});

const denied = (attempt: Promise<unknown>) => expect(attempt).rejects.toThrow(/permission.denied/i);

describe('a rule that grants lets a client in', () => {
  test('whoever it is, to read, listen, query, write, update and change', async () => {
    const { connect, content } = await startWithRules(RULES);
    const at = ref(connect(), 'public');
    await set(at, { a: 1, b: 2 });
    await update(at, { a: 3, 'c/d': 4 });
    await runTransaction(ref(connect(), 'public/b'), (value) => (value ?? 0) + 5);
    expect((await get(at)).val()).toEqual({ a: 3, b: 7, c: { d: 4 } });
    expect((await get(query(at, orderByKey(), limitToFirst(1)))).val()).toEqual({ a: 3 });
    expect(content()).toEqual({ public: { a: 3, b: 7, c: { d: 4 } } });
  });

  test('not above, and not beside', async () => {
    const { connect, content } = await startWithRules(RULES);
    const database = connect();
    await denied(get(ref(database)));
    await denied(set(ref(database), { public: 1 }));
    await denied(set(ref(database, 'board'), 1));
    await denied(get(ref(database, 'board')));
    await denied(get(ref(database, 'letters')));
    expect(content()).toBeUndefined();
  });

  test('who has signed in, to what is theirs', async () => {
    const { connect, store } = await startWithRules(RULES);
    store({ board: 'news', companies: { plant: 1, mill: 2 } });
    const database = connect(USER);
    const own = ref(database, 'users/u1/name');
    await set(own, 'Asha');
    expect((await get(own)).val()).toBe('Asha');
    expect((await get(ref(database, 'board'))).val()).toBe('news');
    expect((await get(ref(database, 'companies/plant'))).val()).toBe(1);
    await denied(get(ref(database, 'companies/mill')));
    await denied(get(ref(database, 'users/u2')));
    await denied(set(ref(database, 'users/u2'), 1));
    await denied(get(ref(database, 'users')));
  });

  test('of an update, only where each of its paths is granted', async () => {
    const { connect, content } = await startWithRules(RULES);
    const root = ref(connect(USER));
    await update(root, { 'users/u1/a': 1, 'public/b': 2 });
    await denied(update(root, { 'users/u1/a': 5, 'users/u2/a': 5 }));
    expect(content()).toEqual({ users: { u1: { a: 1 } }, public: { b: 2 } });
  });

  test('by what is there and what would be', async () => {
    const { connect, content, rest } = await startWithRules(RULES);
    const counter = ref(connect(), 'counters/a');
    await denied(set(counter, 'text'));
    await set(counter, 5);
    await denied(set(counter, 5));
    await runTransaction(counter, (value) => (value ?? 0) + 1);
    await denied(runTransaction(counter, (value) => (value ?? 0) - 1));
    const byRest = async (json: unknown) =>
      (await rest('counters/a.json', { method: 'PUT', json })).status;
    expect([await byRest(6), await byRest(7)]).toEqual([401, 200]);
    const patch = (json: object) => rest('counters.json', { method: 'PATCH', json });
    expect((await patch({ a: 8, b: 1 })).status).toBe(200);
    expect((await patch({ a: 7, b: 2 })).status).toBe(401);
    expect(content()).toEqual({ counters: { a: 8, b: 1 } });
  });

  test('when its connection ends, as the rules are then', async () => {
    const { connect, content, store } = await startWithRules(RULES);
    const leaving = connect();
    await onDisconnect(ref(leaving, 'public/gone')).set(true);
    await onDisconnect(ref(leaving, 'counters/a')).set(5);
    await denied(onDisconnect(ref(leaving, 'users/u1')).set(1));
    store({ counters: { a: 9 } });
    const watching = listenTo(connect(), 'public/gone');
    expect(await watching.next()).toBeNull();
    goOffline(leaving);
    expect(await watching.next()).toBe(true);
    // The steps are done in the order in which they were asked for.
    await set(ref(connect(), 'public/after'), 1);
    expect(content()).toEqual({ counters: { a: 9 }, public: { gone: true, after: 1 } });
  });

  test('by REST, also to keys alone and under a condition', async () => {
    const { rest } = await startWithRules(RULES);
    const put = (path: string, headers = {}) =>
      rest(`${path}.json`, { method: 'PUT', headers, json: { a: { b: 1 } } });
    expect((await put('public')).status).toBe(200);
    expect(await (await rest('public.json?shallow=true')).json()).toEqual({ a: true });
    expect((await put('public', { 'if-match': 'null_etag' })).status).toBe(412);
    expect((await put(`users/u1`)).status).toBe(401);
    expect((await put(`users/u1`, { authorization: `Bearer ${USER}` })).status).toBe(200);
    expect((await rest(`users/u1.json?auth=${USER}`)).status).toBe(200);
    expect((await rest(`letters.json`, { method: 'POST', json: 'Hello' })).status).toBe(200);
  });

  test('but a condition is not answered to who may write and not read', async () => {
    const { rest } = await startWithRules(RULES);
    const headers = { 'if-match': 'null_etag' };
    const conditional = await rest('letters/a.json', { method: 'PUT', headers, json: 1 });
    expect(conditional.status).toBe(401);
  });

  test('as who an administrator acts as', async () => {
    const { rest } = await startWithRules(RULES);
    const as = async (path: string, auth: string, token = 'owner') => {
      const override = `auth_variable_override=${encodeURIComponent(auth)}`;
      return (await rest(`${path}.json?access_token=${token}&${override}`)).status;
    };
    expect(await as('users/u1', '{"uid":"u1"}')).toBe(200);
    expect(await as('users/u2', '{"uid":"u1"}')).toBe(401);
    expect(await as('board', 'null')).toBe(401);
    expect(await as('board', '5')).toBe(400);
    // Nobody else can say who they are.
    expect(await as('users/u2', '{"uid":"u2"}', USER)).toBe(401);
  });
});

describe('a listener ends when its right ends', () => {
  test('with the data on which it rested, before it is told what is there now', async () => {
    const { connect, store } = await startWithRules(RULES);
    store({ open: true, shared: 'first' });
    const listener = listenTo(connect(), 'shared');
    expect(await listener.next()).toBe('first');
    store({ open: false, shared: 'secret' });
    await expect(listener.next()).rejects.toThrow(/permission.denied/i);
    expect(listener.values).toEqual(['first']);
  });

  test('with the rules, a query’s too', async () => {
    const { connect, upload, rest } = await startWithRules(RULES);
    await rest('public/a.json', { method: 'PUT', json: 1 });
    const database = connect();
    const [whole, first] = [listenTo(database, 'public'), listenTo(database, 'public', true)];
    expect(await whole.next()).toEqual({ a: 1 });
    expect(await first.next()).toEqual({ a: 1 });
    await upload('{ "rules": {} }');
    await expect(whole.next()).rejects.toThrow(/permission.denied/i);
    await expect(first.next()).rejects.toThrow(/permission.denied/i);
  });

  test('and not when other rules are refused', async () => {
    const { connect, upload, rest } = await startWithRules(RULES);
    const listener = listenTo(connect(), 'public');
    expect(await listener.next()).toBeNull();
    const refused = await upload('{ "rules": { ".read": "maybe" } }');
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { error: string }).error).toContain('at /, ".read" (maybe)');
    await rest('public.json', { method: 'PUT', json: 'still' });
    expect(await listener.next()).toBe('still');
  });
});

/** What a listener is told, one after the other; rejects when it is cancelled. */
function listenTo(database: Database, path: string, asQuery = false) {
  const values: unknown[] = [];
  let cancelled: Error | undefined;
  let read = 0;
  let wake = () => {};
  const at = ref(database, path);
  onValue(
    asQuery ? query(at, orderByKey(), limitToFirst(1)) : at,
    (snapshot) => {
      values.push(snapshot.val());
      wake();
    },
    (error) => {
      cancelled = error;
      wake();
    },
  );
  return {
    values,
    async next(): Promise<unknown> {
      while (read === values.length && !cancelled) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (read < values.length) return values[read++];
      throw cancelled;
    },
  };
}
