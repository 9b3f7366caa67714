import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import firebase from '../../../firebase.json' with { type: 'json' };
import { type Answered, ask } from './ask.fixture.ts';
import { addressOf, headersOf, operationsOf } from './operations.fixture.ts';
import { useServed } from './served.fixture.ts';

/** What `/api/openapi.json` says, against what is served. */

const served = useServed();
let description: Answered;

beforeAll(async () => {
  description = await ask(served, '/api/openapi.json');
});

describe('/api/openapi.json', () => {
  it('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(description.body)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('tells of nothing that is not served under the public address', async () => {
    for (const operation of operationsOf(description.body)) {
      const { method, path } = operation;
      const answer = await ask(served, addressOf(path, 'steel'), {
        method,
        headers: headersOf(operation),
      });
      const code = answer.body?.error?.code;
      expect([method, path, code === 'unknown_route' || answer.status === 405]).toEqual([
        method,
        path,
        false,
      ]);
      expect(answer.text, `${method} ${path}`).not.toMatch(/^Cannot /);
    }
  });

  it('tells of every address that Hosting hands to the API and to the streams', () => {
    const described = Object.keys(description.body.paths);
    const handed = firebase.hosting.rewrites
      .filter(({ source }) => source.startsWith('/api/') || /^\/log(in|out)$/.test(source))
      .map(
        ({ source }) => new RegExp(`^${source.replaceAll('**', '.+').replaceAll('/*', '/[^/]+')}$`),
      );
    for (const pattern of handed) {
      expect(
        described.some((path) => pattern.test(path)),
        String(pattern),
      ).toBe(true);
    }
    for (const path of described) {
      expect(
        handed.some((pattern) => pattern.test(path)),
        path,
      ).toBe(true);
    }
  });

  it('gives each operation a summary, a heading, and an id of its own', () => {
    const operations = Object.values<Record<string, Record<string, unknown>>>(
      description.body.paths,
    ).flatMap((methods) => Object.values(methods));
    for (const { summary, tags, responses } of operations) {
      expect(summary).toMatch(/^[A-Z].{5,120}$/);
      expect(tags).toHaveLength(1);
      expect(Object.keys(responses as object)).toContain('default');
    }
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    'POST /login',
    'POST /logout',
    'POST /api/process-speech',
    'GET /api/calls/active',
    'GET /api/calls',
    'GET /api/call/{call_id}',
    'PATCH /api/call/{call_id}',
    'POST /api/call/{call_id}/end',
    'POST /api/call/{call_id}/ack',
    'POST /api/call/{call_id}/dispatch',
    'POST /api/call/{call_id}/takeover',
    'POST /api/call/{call_id}/lease',
    'POST /api/call/{call_id}/release',
    'POST /api/call/{call_id}/transfer',
    'POST /api/call/{call_id}/message',
    'POST /api/call/{call_id}/page',
    'GET /api/call/{call_id}/join',
    'POST /api/call/{call_id}/join',
    'POST /api/call/{call_id}/join/mode',
    'POST /api/call/{call_id}/join/leave',
    'POST /api/call/{call_id}/join/aurora',
    'GET /api/conversation/{conversation_id}',
    'GET /api/conversation/{conversation_id}/stream',
    'GET /api/calls/stream',
    'GET /api/workers',
    'POST /api/workers',
    'PATCH /api/workers/{worker_id}',
    'DELETE /api/workers/{worker_id}',
    'GET /api/admins',
    'POST /api/admins',
    'PATCH /api/admins/{admin_id}',
    'DELETE /api/admins/{admin_id}',
    'GET /api/sites',
    'POST /api/sites',
    'PATCH /api/sites/{site_id}',
    'DELETE /api/sites/{site_id}',
    'GET /api/manuals',
    'POST /api/manuals',
    'POST /api/manuals/{manual_id}/approve',
    'POST /api/manuals/{manual_id}/publish',
    'POST /api/manuals/{manual_id}/withdraw',
    'GET /api/config',
    'GET /api/health',
  ])('tells of %s, which clients rely on', (operation) => {
    const all = operationsOf(description.body).map(({ method, path }) => `${method} ${path}`);
    expect(all).toContain(operation);
  });
});
