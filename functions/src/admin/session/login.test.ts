import { describe, expect, it } from 'vitest';
import { createPasswords } from '../../access/passwords.ts';
import { AuroraError } from '../../errors.ts';
import { dependencies, expectError, startApi, startWith } from '../api.fixture.ts';
import { asha, omar } from '../records.fixture.ts';

describe('POST /login', () => {
  const right = { email: 'asha@steel.example', password: 'correct horse' };

  it('gives a token, its lifetime, and who one is, without the password hash', async () => {
    const { post, deps } = await startWith();
    const { status, body, text } = await post('/login', right);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 36_000,
      admin: {
        id: 'asha',
        email: 'asha@steel.example',
        name: 'Asha',
        company_id: 'steel',
        role: 'supervisor',
        operator: false,
      },
    });
    expect(deps.tokens.verify(body.access_token).adminId).toBe('asha');
    expect(text).not.toContain('hash');
  });

  it('works with the real passwords', async () => {
    const passwords = createPasswords();
    const password_hash = await passwords.hash('correct horse');
    const { deps } = dependencies({ admins: [{ ...asha, password_hash }] });
    const { post } = await startApi({ ...deps, passwords });
    expect((await post('/login', right)).status).toBe(200);
    expectError(await post('/login', { ...right, password: 'x' }), 401, 'unauthorized');
  });

  it('takes the address in any case and with spaces around it', async () => {
    const { post } = await startWith();
    expect((await post('/login', { ...right, email: ' ASHA@Steel.Example ' })).status).toBe(200);
  });

  it('has one answer for an unknown address, a wrong password, and no password yet', async () => {
    const { deps } = dependencies({
      admins: [asha, { ...omar, email: 'omar@paper.example', password_hash: undefined }],
    });
    const { post } = await startApi(deps);
    const answers = await Promise.all([
      post('/login', { ...right, email: 'nobody@steel.example' }),
      post('/login', { ...right, password: 'wrong' }),
      post('/login', { ...right, email: 'omar@paper.example' }),
    ]);
    for (const answer of answers) expectError(answer, 401, 'unauthorized');
    expect(new Set(answers.map(({ body }) => body.error.message)).size).toBe(1);
    expect(answers[0]?.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('computes a password for an unknown address too', async () => {
    const { deps } = dependencies();
    const hashes: unknown[] = [];
    const verify = async (_: string, hash: string | undefined) => {
      hashes.push(hash);
      return false;
    };
    const { post } = await startApi({ ...deps, passwords: { ...deps.passwords, verify } });
    await post('/login', { ...right, email: 'nobody@steel.example' });
    expect(hashes).toEqual([undefined]);
  });

  it.each([
    ['no object', []],
    ['null', null],
    ['nothing in it', {}],
    ['a missing password', { email: right.email }],
    ['a number for a password', { ...right, password: 1 }],
    ['a list of addresses', { ...right, email: [right.email] }],
    ['an object for an address', { ...right, email: { $ne: '' } }],
    ['an empty password', { ...right, password: '' }],
    ['a password that is too long', { ...right, password: 'x'.repeat(1_025) }],
  ])('refuses %s with 400 and names the fields, not their values', async (_, body) => {
    const { post } = await startWith();
    const answer = await post('/login', body);
    expectError(answer, 400, 'invalid_request');
    expect(answer.body.error.details.fields.length).toBeGreaterThan(0);
    expect(answer.text).not.toContain(right.email);
  });

  it.each<[string, string, RequestInit['headers'], RequestInit['body'], number]>([
    ['malformed JSON', 'malformed_json', json(), '{"email":', 400],
    ['an empty body', 'malformed_json', json(), '', 400],
    ['bytes that are no UTF-8', 'malformed_json', json(), new Uint8Array([34, 255, 34]), 400],
    ['more than 100 kB', 'body_too_large', json(), `"${'x'.repeat(100_000)}"`, 413],
    ['a form', 'unsupported_media_type', form(), 'email=a&password=b', 415],
    ['plain text', 'unsupported_media_type', { 'content-type': 'text/plain' }, '{}', 415],
    ['no content type', 'unsupported_media_type', {}, new Uint8Array([123, 125]), 415],
    ['another charset', 'unsupported_media_type', json('; charset=utf-16'), '{}', 415],
    ['an unknown encoding', 'unsupported_media_type', encoded('x-rot13'), '{}', 415],
    ['gzip that is none', 'bad_request', encoded('gzip'), '{}', 400],
  ])('refuses %s', async (_, code, headers, body, status) => {
    const { ask } = await startWith();
    expectError(await ask('/login', { method: 'POST', headers, body }), status, code);
  });

  it('takes a body of just 100 kB', async () => {
    const { ask } = await startWith();
    const text = JSON.stringify(right);
    const body = text + ' '.repeat(100_000 - text.length);
    expect((await ask('/login', { method: 'POST', headers: json(), body })).status).toBe(200);
  });

  it('answers 503 in its own words when the supervisors cannot be read', async () => {
    const { deps, lines } = dependencies();
    const away = async () => {
      throw new AuroraError(404, 'secret_code', 'secret words', { retryable: true });
    };
    const { post } = await startApi({ ...deps, admins: { ...deps.admins, byEmail: away } });
    const answer = await post('/login', right);
    expectError(answer, 503, 'unavailable');
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.text).not.toContain('secret');
    expect(lines.map(({ severity }) => severity)).toEqual(['error', 'info']);
  });

  it('answers 503 "busy" when too many sign in at once', async () => {
    const { deps } = dependencies();
    const verify = async () => {
      throw new AuroraError(503, 'busy', 'Too many people sign in at this moment.');
    };
    const { post } = await startApi({ ...deps, passwords: { ...deps.passwords, verify } });
    expectError(await post('/login', right), 503, 'busy');
  });
});

function json(more = '') {
  return { 'content-type': `application/json${more}` };
}

function form() {
  return { 'content-type': 'application/x-www-form-urlencoded' };
}

function encoded(encoding: string) {
  return { ...json(), 'content-encoding': encoding };
}
