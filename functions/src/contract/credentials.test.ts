import { beforeAll, describe, expect, it } from 'vitest';
import { ask, Failure } from './ask.fixture.ts';
import { addressOf, headersOf, type Operation, operationsOf } from './operations.fixture.ts';
import { useServed } from './served.fixture.ts';
import { badTokens, personOf, populate } from './world.fixture.ts';

/** Every operation that is described, with every kind of token (I6, I7). */

const served = useServed();
let operations: Operation[];

beforeAll(async () => {
  await populate(served);
  const { body } = await ask(served, '/api/openapi.json');
  operations = operationsOf(body);
});

const RANKS = ['viewer', 'supervisor', 'company_admin'] as const;

/** Asks without a body: roles are looked at before any part of a request but its token. */
function attempt(operation: Operation, token: string | undefined) {
  return ask(served, addressOf(operation.path, 'steel'), {
    method: operation.method,
    token,
    headers: headersOf(operation),
  });
}

describe('every operation that needs a token', () => {
  it.each(Object.keys(badTokens()))('refuses one that is %s with 401', async (name) => {
    const guarded = operations.filter(({ isPublic }) => !isPublic);
    expect(guarded.length).toBeGreaterThan(30);
    for (const operation of guarded) {
      const answer = await attempt(operation, badTokens()[name]);
      const what = `${operation.method} ${operation.path}`;
      expect([what, answer.status]).toEqual([what, 401]);
      expect(Failure.parse(answer.body).error.code).toBe('unauthorized');
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  it.each(RANKS)('lets a %s do what the role allows, and nothing more', async (role) => {
    for (const operation of operations.filter((one) => one.role !== undefined)) {
      if (isHarmful(operation)) continue;
      const { status } = await attempt(operation, personOf('steel', role).token);
      const isAllowed = RANKS.indexOf(role) >= RANKS.indexOf(operation.role ?? 'viewer');
      const what = `${operation.method} ${operation.path} for a ${role}`;
      expect([what, status === 403]).toEqual([what, !isAllowed]);
      expect([what, status === 401 || status >= 500]).toEqual([what, false]);
    }
  });

  it('accepts a token that the secret before this one signed, while the secret is changed', async () => {
    const { createTokens } = await import('../access/tokens.ts');
    const { OLD_SECRET } = await import('./served.fixture.ts');
    const before = createTokens({ secrets: [OLD_SECRET], clock: { now: () => Date.now() } });
    const { token } = before.issue({ id: 'steel_viewer' });
    expect((await ask(served, '/api/calls/active', { token })).status).toBe(200);
  });
});

/** Ends a session or removes what other rounds need; each has tests of its own. */
function isHarmful({ method, path }: Operation): boolean {
  return method === 'DELETE' || path === '/logout' || path.endsWith('/sign-out');
}
