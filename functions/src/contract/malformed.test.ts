import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, Failure } from './ask.fixture.ts';
import { addressOf, headersOf, type Operation, operationsOf } from './operations.fixture.ts';
import { useServed } from './served.fixture.ts';
import { personOf, populate } from './world.fixture.ts';

/** Requests that nobody sends on purpose but an attacker: a clear refusal, and no state (I7). */

const served = useServed();
const { token } = personOf('steel', 'company_admin');
let operations: Operation[];

beforeAll(async () => {
  await populate(served);
  const { body } = await ask(served, '/api/openapi.json');
  operations = operationsOf(body).filter(({ path }) => !BODILESS.has(path));
});

/**
 * Those that take no body, too: a sign-out would end the session that the others need, and a takeover
 * or a page would change the call.
 */
const BODILESS = new Set(['/logout', '/api/call/{call_id}/takeover', '/api/call/{call_id}/page']);

const DEEP = 40_000;

/** Bodies that parsers, prototypes or schemas stumble over; none is what any operation takes. */
const BODIES: Record<string, string | Uint8Array> = {
  nothing: '',
  'a space': ' ',
  null: 'null',
  'a number': '0',
  'a text': '"{}"',
  'a list': '[]',
  'a list of objects': '[{}]',
  'half an object': '{',
  'an object and a half': '{}}',
  'a trailing comma': '{"name":"x",}',
  'single quotes': "{'name':'x'}",
  'a comment': '{/**/}x',
  'a prototype': '{"__proto__":{"admin":true}}',
  'a constructor': '{"constructor":{"prototype":{"admin":true}}}',
  'names of methods': '{"toString":1,"hasOwnProperty":1,"valueOf":1}',
  'fields that nobody knows': '{"is_admin":true,"company_id":"paper"}',
  'the fields of others': '{"password_hash":"x","not_before":0,"legal_hold":null}',
  'wrong types': '{"name":{},"email":[],"role":1,"urgency":true,"reason":null,"speech":{}}',
  'huge numbers': '{"retention_days":1e999,"name":-1e999}',
  'half characters': '{"name":"\\ud800","reason":"\\udfff","admin_notes":"\\ud800"}',
  'control characters': '{"name":"\\u0000","reason":"\\u0007","admin_notes":1}',
  'bytes that are no UTF-8': new Uint8Array([123, 34, 255, 34, 58, 49, 125]),
  'UTF-16': new Uint8Array([255, 254, 123, 0, 125, 0]),
  'deep lists': '['.repeat(DEEP),
  'deep lists that end': `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  'deep objects': `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  'many fields': `{${'"a":1,'.repeat(12_000)}"a":1}`,
  'a long text': `{"name":"${'a'.repeat(90_000)}","reason":"${'a'.repeat(5_000)}"}`,
  'more than is taken': JSON.stringify({ name: 'x'.repeat(200_000) }),
};

/** Parts of an address where an id stands. */
const IDS = [
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '%00',
  '%c0%ae',
  '%ff',
  '%ed%a0%80',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'call_1_2_3',
  'a%2fb',
  'a.b',
  'a%23b',
  'a%5bb%5d',
  '%F0%9F%94%A5',
  '%E2%80%AE',
  "'%20or%201=1--",
  'x'.repeat(5_000),
  '%',
  '%zz',
];

const QUERIES = [
  '__proto__[x]=1',
  'limit=1&limit=2',
  'limit=-1',
  'limit=1e9',
  'limit=NaN',
  'cursor=eyJ9',
  'cursor=%00',
  'cursor=bnVsbA',
  `cursor=${'A'.repeat(6_000)}`,
  'from=yesterday',
  'from=2026-02-31',
  'to=99999-01-01',
  'from=2026-11-20&to=2025-11-20',
  'q=%ed%a0%80',
  'q=%F0%9F%94%A5',
  `q=${'w'.repeat(4_000)}`,
  'q=',
  'q=%20',
  'q=..',
  'urgency=critical',
  'urgency[]=CRITICAL',
  'worker_id=../x',
  'since=%00',
  `since=${'A'.repeat(9_000)}`,
  'who=a&action=b&target=c',
  '%',
  '&&&===',
];

async function send(operation: Operation, path: string, body?: unknown, type?: string) {
  const { method } = operation;
  const answer = await ask(served, path, {
    method,
    token,
    headers: { ...headersOf(operation), ...(type !== undefined && { 'content-type': type }) },
    body,
  });
  const what = `${method} ${operation.path} as ${path.slice(0, 80)}`;
  expect(answer.status, what).toBeLessThan(500);
  if (answer.status >= 400) expect(Failure.safeParse(answer.body).error, what).toBeUndefined();
  expect(({} as { admin?: unknown }).admin).toBeUndefined();
  return answer;
}

describe('malformed requests', () => {
  const withBody = () => operations.filter(({ hasBody }) => hasBody);

  it.each(Object.keys(BODIES))('with a body of %s are refused by every operation', async (name) => {
    expect(withBody().length).toBeGreaterThan(15);
    const before = served.everything();
    for (const operation of withBody()) {
      const { status } = await send(operation, addressOf(operation.path, 'steel'), BODIES[name]);
      const what = `${operation.method} ${operation.path}`;
      expect([400, 401, 404, 412, 413], what).toContain(status);
    }
    expect(served.everything()).toBe(before);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    '',
  ])('of the content type "%s" are refused by every operation', async (type) => {
    const before = served.everything();
    for (const operation of withBody()) {
      const path = addressOf(operation.path, 'steel');
      expect((await send(operation, path, '{}', type)).status, path).toBe(415);
    }
    expect(served.everything()).toBe(before);
  });

  it.each(IDS.map((id) => [id.slice(0, 40), id]))('for the id %s find nothing', async (_, id) => {
    const before = served.everything();
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      const path = operation.path.replace(/\{\w+\}/, id);
      expect([400, 404, 415], path).toContain((await send(operation, path)).status);
    }
    expect(served.everything()).toBe(before);
  });

  it.each(QUERIES.map((query) => [query.slice(0, 40), query]))(
    'with the query %s never end in a 500',
    async (_, query) => {
      for (const operation of operations.filter(({ method }) => method === 'GET')) {
        await send(operation, `${addressOf(operation.path, 'steel')}?${query}`);
      }
    },
  );

  it('of any JSON are refused or taken, never a 500', async () => {
    const harmless = withBody().filter(({ path }) => !/\/end$|sign-out/.test(path));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...harmless), fc.jsonValue(), async (operation, body) => {
        await send(operation, addressOf(operation.path, 'steel'), JSON.stringify(body));
      }),
      { numRuns: 150 },
    );
  });
});
