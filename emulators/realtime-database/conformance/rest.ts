import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Harness, readValue } from './harness.ts';

const OWNER = { authorization: 'Bearer owner' };
const WITH_ETAG = { ...OWNER, 'X-Firebase-ETag': 'true' };

export function registerRestTests(harness: Harness): void {
  const jsonOf = async (path: string) => (await harness.rest(path)).json();

  describe.concurrent('REST', () => {
    test('PUT sets, GET reads, DELETE removes, and the SDK sees it', async () => {
      const path = harness.newPath();
      const put = await harness.rest(`${path}.json`, { method: 'PUT', json: { a: { b: 'é' } } });
      expect([put.status, await put.json()]).toEqual([200, { a: { b: 'é' } }]);
      expect(await readValue(harness.connect().ref(path))).toEqual({ a: { b: 'é' } });
      expect(await jsonOf(`${path}/a/b.json`)).toBe('é');
      const removal = await harness.rest(`${path}.json`, { method: 'DELETE' });
      expect([removal.status, await removal.json()]).toEqual([200, null]);
      expect(await jsonOf(`${path}.json`)).toBeNull();
    });

    test('PATCH changes several paths as one step', async () => {
      const path = harness.newPath();
      await harness.rest(`${path}.json`, { method: 'PUT', json: { a: { x: 1, y: 2 }, b: 3 } });
      const json = { 'a/x': 5, b: null, c: 6 };
      const patch = await harness.rest(`${path}.json`, { method: 'PATCH', json });
      expect(patch.status).toBe(200);
      expect(await jsonOf(`${path}.json`)).toEqual({ a: { x: 5, y: 2 }, c: 6 });
    });

    test('POST makes a key', async () => {
      const path = harness.newPath();
      const post = await harness.rest(`${path}.json`, { method: 'POST', json: { a: 1 } });
      const { name } = (await post.json()) as { name: string };
      expect(name).toMatch(/^-[\w-]{19}$/);
      expect(await jsonOf(`${path}.json`)).toEqual({ [name]: { a: 1 } });
    });

    test('POST may stand for another method', async () => {
      const path = harness.newPath();
      const headers = { ...OWNER, 'X-HTTP-Method-Override': 'PUT' };
      await harness.rest(`${path}.json`, { method: 'POST', headers, json: 5 });
      expect(await jsonOf(`${path}.json`)).toBe(5);
    });

    test('print=silent answers 204 without a body, print=pretty with lines', async () => {
      const path = harness.newPath();
      for (const method of ['PUT', 'PATCH', 'POST']) {
        const answer = await harness.rest(`${path}.json?print=silent`, { method, json: { a: 1 } });
        expect([answer.status, await answer.text()]).toEqual([204, '']);
      }
      const pretty = await harness.rest(`${path}/a.json?print=pretty`);
      expect(await pretty.json()).toBe(1);
      const lines = await (await harness.rest(`${path}.json?print=pretty`)).text();
      expect(lines.split('\n').length).toBeGreaterThan(2);
    });

    test('shallow=true shows keys, or a single value', async () => {
      const path = harness.newPath();
      await harness.rest(`${path}.json`, { method: 'PUT', json: { a: { b: 1 }, c: 2 } });
      expect(await jsonOf(`${path}.json?shallow=true`)).toEqual({ a: true, c: true });
      expect(await jsonOf(`${path}/c.json?shallow=true`)).toBe(2);
      const mixed = await harness.rest(`${path}.json?shallow=true&orderBy="$key"`);
      expect(mixed.status).toBe(400);
    });

    test('format=export shows priorities', async () => {
      const path = harness.newPath();
      await harness.connect().ref(path).setWithPriority({ a: 1 }, 7);
      expect(await jsonOf(`${path}.json?format=export`)).toEqual({ a: 1, '.priority': 7 });
      expect(await jsonOf(`${path}.json`)).toEqual({ a: 1 });
    });

    test('server values are resolved', async () => {
      const path = harness.newPath();
      const json = { at: { '.sv': 'timestamp' }, n: { '.sv': { increment: 2 } } };
      await harness.rest(`${path}.json`, { method: 'PUT', json });
      await harness.rest(`${path}.json`, { method: 'PATCH', json });
      expect(await jsonOf(`${path}.json`)).toEqual({ at: expect.any(Number), n: 4 });
    });

    test('queries by child, by key and by value', async () => {
      const path = harness.newPath();
      const json = { a: { height: 3 }, b: { height: 1 }, c: { height: 2 } };
      await harness.rest(`${path}.json`, { method: 'PUT', json });
      const keys = async (query: string) =>
        Object.keys((await jsonOf(`${path}.json?${query}`)) as object).sort();
      expect(await keys('orderBy="height"&startAt=2')).toEqual(['a', 'c']);
      expect(await keys('orderBy="height"&startAfter=2')).toEqual(['a']);
      expect(await keys('orderBy="height"&endBefore=2')).toEqual(['b']);
      expect(await keys('orderBy="height"&equalTo=1')).toEqual(['b']);
      expect(await keys('orderBy="height"&limitToFirst=1')).toEqual(['b']);
      expect(await keys('orderBy="height"&limitToLast=1')).toEqual(['a']);
      expect(await keys('orderBy="$key"&startAt="b"')).toEqual(['b', 'c']);
      expect(await keys('orderBy="$value"&limitToLast=1')).toEqual(['c']);
    });

    test('a query without an index, or without an order, is refused', async () => {
      const path = harness.newPath();
      await harness.rest(`${path}.json`, { method: 'PUT', json: { a: { weight: 3 } } });
      const unindexed = await harness.rest(`${path}.json?orderBy="weight"&equalTo=3`);
      const error = `Index not defined, add ".indexOn": "weight", for path "/${path}", to the rules`;
      expect([unindexed.status, await unindexed.json()]).toEqual([400, { error }]);
      expect((await harness.rest(`${path}.json?limitToFirst=1`)).status).toBe(400);
    });

    test.for([
      ['a forbidden key', { 'a.b': 1 }],
      ['a key with a slash', { a: { 'b/c': 1 } }],
      ['a key with a control character', { 'a\u0001': 1 }],
      ['a key over 768 bytes', { ['é'.repeat(385)]: 1 }],
      ['more than 32 levels', JSON.parse(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`)],
    ] as const)('PUT with %s is refused and changes nothing', async ([, json]) => {
      const path = harness.newPath();
      await harness.rest(`${path}.json`, { method: 'PUT', json: 'before' });
      const put = await harness.rest(`${path}.json`, { method: 'PUT', json });
      expect(put.status).toBe(400);
      expect(await put.json()).toEqual({ error: expect.any(String) });
      expect(await jsonOf(`${path}.json`)).toBe('before');
    });

    test('a PATCH with one bad path changes nothing at all', async () => {
      const path = harness.newPath();
      const json = { good: 1, 'bad/pa#th': 2 };
      expect((await harness.rest(`${path}.json`, { method: 'PATCH', json })).status).toBe(400);
      expect(await jsonOf(`${path}.json`)).toBeNull();
    });

    test('what is no JSON, or no object for PATCH, is refused', async () => {
      const path = harness.newPath();
      for (const body of ['{', '', '{"a":1}}']) {
        expect((await harness.rest(`${path}.json`, { method: 'PUT', body })).status).toBe(400);
      }
      expect((await harness.rest(`${path}.json`, { method: 'PATCH', json: 5 })).status).toBe(400);
    });
  });

  describe.concurrent('ETags', () => {
    test('are given when asked for, and change with the content only', async () => {
      const path = harness.newPath();
      const etag = async () =>
        (await harness.rest(`${path}.json`, { headers: WITH_ETAG })).headers.get('etag');
      expect(await etag()).toBe('null_etag');
      const put = { method: 'PUT', headers: WITH_ETAG, json: { a: 1 } };
      const first = (await harness.rest(`${path}.json`, put)).headers.get('etag');
      expect(await etag()).toBe(first);
      await harness.rest(`${path}/b.json`, { method: 'PUT', json: 2 });
      expect(await etag()).not.toBe(first);
      await harness.rest(`${path}/b.json`, { method: 'DELETE' });
      expect(await etag()).toBe(first);
    });

    test.for(['PUT', 'DELETE'])('%s happens only if the ETag matches', async (method) => {
      const path = harness.newPath();
      await harness.rest(`${path}.json`, { method: 'PUT', json: { a: 1 } });
      const current = await harness.rest(`${path}.json`, { headers: WITH_ETAG });
      const etag = current.headers.get('etag') ?? '';
      const attempt = (ifMatch: string) =>
        harness.rest(`${path}.json`, {
          method,
          headers: { ...OWNER, 'if-match': ifMatch },
          ...(method === 'PUT' && { json: { a: 2 } }),
        });
      const refused = await attempt('null_etag');
      expect(refused.status).toBe(412);
      expect(refused.headers.get('etag')).toBe(etag);
      expect(await refused.json()).toEqual({ a: 1 });
      expect(await jsonOf(`${path}.json`)).toEqual({ a: 1 });
      expect((await attempt(etag)).status).toBe(200);
      expect(await jsonOf(`${path}.json`)).toEqual(method === 'PUT' ? { a: 2 } : null);
    });

    test('let exactly one of ten create what is absent', async () => {
      const path = harness.newPath();
      const headers = { ...OWNER, 'if-match': 'null_etag' };
      const statuses = await Promise.all(
        Array.from({ length: 10 }, async (_, json) => {
          return (await harness.rest(`${path}.json`, { method: 'PUT', headers, json })).status;
        }),
      );
      expect(statuses.sort()).toEqual([200, ...Array(9).fill(412)]);
    });
  });

  describe.concurrent('namespaces', () => {
    test('know nothing of each other', async () => {
      const path = harness.newPath();
      const other = `demo-${randomUUID()}`;
      await harness.connect().ref(path).set('here');
      await harness.connect({ namespace: other }).ref(path).set('there');
      expect(await jsonOf(`${path}.json`)).toBe('here');
      expect(await jsonOf(`${path}.json?ns=${other}`)).toBe('there');
    });

    test('have rules of their own, comments included', async () => {
      const ns = `demo-${randomUUID()}`;
      const body = '{ /* all */ "rules": { ".read": false } // none\n}';
      const put = await harness.rest(`.settings/rules.json?ns=${ns}`, { method: 'PUT', body });
      expect(put.status).toBe(200);
      expect(await (await harness.rest(`.settings/rules.json?ns=${ns}`)).text()).toBe(body);
      const bad = await harness.rest(`.settings/rules.json?ns=${ns}`, { method: 'PUT', body: '{' });
      expect([bad.status, await bad.json()]).toEqual([400, { error: expect.any(String) }]);
    });
  });
}
