import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { describe, expect, it } from 'vitest';
import { apiOver, dependencies, expectError, oneLiveCall, serve } from './api.fixture.ts';
import { asha, CALL } from './records.fixture.ts';

/** The API as the platform runs it: the framework has read the body before the app is asked. */
async function startUnderFramework() {
  const { deps } = dependencies(oneLiveCall);
  http('api', apiOver(deps));
  return serve(getTestServer('api'), deps);
}

const right = { email: 'asha@steel.example', password: 'correct horse' };

describe('under the Functions Framework', () => {
  it('the login, health and a call answer', async () => {
    const { post, ask, askAs } = await startUnderFramework();
    expect((await post('/login', right)).body).toMatchObject({ token_type: 'Bearer' });
    expect((await ask('/api/health')).status).toBe(200);
    expect((await ask('/health')).status).toBe(200);
    expect((await askAs(asha, `/api/call/${CALL}`)).body).toMatchObject({ call_id: CALL });
    expectError(await ask('/nothing'), 404, 'unknown_route');
  });

  it.each<[string, string, BodyOf, number, string]>([
    ['an empty body', 'application/json', '', 400, 'malformed_json'],
    ['an empty object', 'application/json', '{}', 400, 'invalid_request'],
    ['a large body', 'application/json', `{"a":"${'x'.repeat(100_000)}"}`, 413, 'body_too_large'],
    ['a form', 'application/x-www-form-urlencoded', 'a=b', 415, 'unsupported_media_type'],
    ['text', 'text/plain', '{}', 415, 'unsupported_media_type'],
    ['bytes', 'application/octet-stream', '{}', 415, 'unsupported_media_type'],
  ])('%s has our own answer', async (_, type, body, status, code) => {
    const { ask } = await startUnderFramework();
    const headers = { 'content-type': type };
    expectError(await ask('/login', { method: 'POST', headers, body }), status, code);
  });

  it('malformed JSON is a 400 of the framework, which the app never sees', async () => {
    const { ask } = await startUnderFramework();
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('/login', { method: 'POST', headers, body: '{"email":' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      'text/html; charset=utf-8',
    ]);
  });
});

type BodyOf = NonNullable<RequestInit['body']>;
