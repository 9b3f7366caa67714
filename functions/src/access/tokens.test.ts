import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { createTokens } from './tokens.ts';

const CURRENT = 'the-current-secret-of-thirty-two-characters';
const PREVIOUS = 'the-previous-secret-of-thirty-two-characters';
const START = Date.parse('2026-11-20T12:00:00Z');
const HOUR = 60 * 60 * 1_000;

function tokensAt(now: number, secrets = [CURRENT]) {
  return createTokens({ secrets, clock: { now: () => now } });
}

/** A token as ours would be, but for what is changed. */
function forged(
  claims: Record<string, unknown> = {},
  secret: jwt.Secret = CURRENT,
  options: jwt.SignOptions = { algorithm: 'HS256' },
): string {
  const iat = START / 1_000;
  const ours = {
    iss: 'aurora',
    aud: 'aurora-supervisors',
    sub: 'asha',
    jti: '6f1c2b60-5a0e-4a52-9a3c-0d7a1c1b2e3f',
    at: START,
    iat,
    exp: iat + 3_600,
  };
  const wanted = Object.entries({ ...ours, ...claims }).filter(([, value]) => value !== undefined);
  return jwt.sign(Object.fromEntries(wanted), secret, options);
}

describe('a token', () => {
  it('names its admin and itself and lasts ten hours', () => {
    const { token, expiresInSeconds } = tokensAt(START).issue({ id: 'asha' });
    expect(expiresInSeconds).toBe(36_000);
    expect(tokensAt(START + 10 * HOUR - 1_000).verify(token)).toEqual({
      adminId: 'asha',
      tokenId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      issuedAt: START,
      expiresAt: START + 10 * HOUR,
    });
  });

  it('says nothing of company or role', () => {
    const { token } = tokensAt(START).issue({ id: 'asha' });
    expect(Object.keys(jwt.decode(token) as object).sort()).toEqual([
      'at',
      'aud',
      'exp',
      'iat',
      'iss',
      'jti',
      'sub',
    ]);
  });

  it('is another one each time', () => {
    const tokens = tokensAt(START);
    expect(tokens.issue({ id: 'asha' }).token).not.toBe(tokens.issue({ id: 'asha' }).token);
  });

  it('signed with the previous secret is accepted while the secret is changed', () => {
    const { token } = tokensAt(START, [PREVIOUS]).issue({ id: 'asha' });
    expect(tokensAt(START, [CURRENT, PREVIOUS]).verify(token).adminId).toBe('asha');
    expect(() => tokensAt(START, [CURRENT]).verify(token)).toThrow();
  });

  it('is signed with the current secret while the secret is changed', () => {
    const { token } = tokensAt(START, [CURRENT, PREVIOUS]).issue({ id: 'asha' });
    expect(tokensAt(START, [CURRENT]).verify(token).adminId).toBe('asha');
  });

  it('like ours is accepted, so that the refusals below refuse for their own reason', () => {
    expect(tokensAt(START).verify(forged()).adminId).toBe('asha');
  });

  it.each<[string, string]>([
    ['without a signature (alg none)', forged({}, '', { algorithm: 'none' })],
    ['signed with another secret', forged({}, 'another-secret-of-thirty-two-characters')],
    ['signed with another algorithm', forged({}, CURRENT, { algorithm: 'HS512' })],
    ['that has expired', forged({ exp: START / 1_000 })],
    ['that never expires', forged({ exp: undefined })],
    ['for another audience', forged({ aud: 'aurora-workers' })],
    ['for several audiences', forged({ aud: ['aurora-supervisors', 'aurora-workers'] })],
    ['without an audience', forged({ aud: undefined })],
    ['of another issuer', forged({ iss: 'somebody' })],
    ['without an issuer', forged({ iss: undefined })],
    ['without a subject', forged({ sub: undefined })],
    ['without an id', forged({ jti: undefined })],
    ['that is not valid yet', forged({ nbf: START / 1_000 + 60 })],
    ['whose payload was changed', changedPayload(forged())],
    ['whose signature was cut off', forged().split('.').slice(0, 2).join('.')],
    ['that is no token', 'garbage'],
    ['of three parts of garbage', 'a.b.c'],
    ['that is empty', ''],
    ['that is very long', 'x'.repeat(100_000)],
    ['with a null byte', `${forged()}\0`],
  ])('%s is refused with the one answer', (_, token) => {
    expect(() => tokensAt(START).verify(token)).toThrow(
      expect.objectContaining({
        status: 401,
        code: 'unauthorized',
        retryable: false,
        message: expect.stringContaining('POST /login'),
      }),
    );
  });

  it('needs a secret', () => {
    expect(() => tokensAt(START, [])).toThrow('JWT_SECRET');
    expect(() => tokensAt(START, [CURRENT, ''])).toThrow('JWT_SECRET');
  });
});

function changedPayload(token: string): string {
  const [header, , signature] = token.split('.');
  const claims = { ...(jwt.decode(token) as object), sub: 'somebody-else' };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}
