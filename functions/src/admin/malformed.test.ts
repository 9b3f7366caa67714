import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startWith } from './api.fixture.ts';
import { asha, CALL } from './records.fixture.ts';

const DEEP = 40_000;

/** Bodies that parsers, prototypes or schemas stumble over. */
const BODIES = [
  '',
  ' ',
  'null',
  '0',
  '""',
  '[]',
  '{',
  '{}}',
  '{"email":"a@b.c","password":"p",}',
  "{'email':'a'}",
  '\ufeff{}',
  '{"__proto__":{"email":"a@b.c","password":"p"}}',
  '{"constructor":{"prototype":{"email":"a"}}}',
  '{"email":{"toString":"x"},"password":[[]]}',
  '{"email":"\\ud800@b.c","password":"\\udfff"}',
  '{"email":"\\u0000","password":"\\u0000"}',
  '{"email":1e999,"password":-1e999}',
  '{"email":"a@b.c","email":{},"password":"p"}',
  '['.repeat(DEEP),
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  `{"email":"${'a'.repeat(90_000)}","password":"p"}`,
  `{${'"a":1,'.repeat(12_000)}"a":1}`,
  JSON.stringify({ email: 'a@b.c'.repeat(60), password: '\u202e\ufdfa'.repeat(400) }),
];

const PATHS = [
  '/login?__proto__[x]=1',
  '/api/call/..%2f..%2fetc%2fpasswd',
  '/api/call/%00',
  '/api/call/%c0%ae',
  '/api/call/%ff',
  '/api/call/%',
  `/api/call/${CALL}/`,
  `/api/call/${CALL}?x=%zz`,
  `/api/call/${CALL}#x`,
  `/api/call/${CALL}%20`,
  '/api/conversation/__proto__',
  '/api/conversation/hasOwnProperty',
  '/api/%2e%2e/login',
  `/${'a'.repeat(12_000)}`,
  '/api/call/%F0%9F%94%A5/%F0%9F%94%A5',
];

function isClientFault(status: number): boolean {
  return status >= 200 && status < 500;
}

describe('malformed requests never end in a 500', () => {
  it.each(BODIES.map((body) => [body.slice(0, 40), body]))('POST /login %s', async (_, body) => {
    const { ask, lines } = await startWith();
    const headers = { 'content-type': 'application/json' };
    const { status } = await ask('/login', { method: 'POST', headers, body });
    expect([400, 401]).toContain(status);
    expect(lines.map(({ severity }) => severity)).toEqual(['info']);
    expect(({} as { email?: unknown }).email).toBeUndefined();
  });

  it.each(PATHS.map((path) => [path.slice(0, 60), path]))('GET %s', async (_, path) => {
    const { askAs } = await startWith();
    expect((await askAs(asha, path)).status).toSatisfy(isClientFault);
  });

  it('whatever JSON is sent to /login', async () => {
    const { post } = await startWith();
    const near = fc.record({ email: fc.jsonValue(), password: fc.jsonValue() });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), near), async (body) => {
        expect([400, 401]).toContain((await post('/login', body)).status);
      }),
      { numRuns: 60 },
    );
  });

  it('whatever id is asked for', async () => {
    const { askAs } = await startWith();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (id) => {
        const { status } = await askAs(asha, `/api/call/${safeEncode(id)}`);
        expect([400, 404]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a body shorter than it says', 'content-length: 50\r\n\r\n{"email"'],
    ['a body that is chunked wrongly', 'transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n'],
    ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    ['a length that is no number', 'content-length: x\r\n\r\n{}'],
  ])('on the wire: %s', async (_, rest) => {
    const { port, ask, lines } = await startWith();
    const socket = connect(port, '127.0.0.1');
    socket.end(
      `POST /login HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\n${rest}`,
    );
    expect(await text(socket)).not.toMatch(/^HTTP\/1\.1 5/);
    expect((await ask('/api/health')).status).toBe(200);
    expect(lines.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

/** A lone surrogate has no encoding: it is sent as the three bytes that would be its own. */
function safeEncode(id: string): string {
  return encodeURIComponent(id.toWellFormed());
}
