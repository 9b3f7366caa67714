import { describe, expect, test } from 'vitest';
import { createIdentification } from './client.ts';
import { forgedToken, userToken } from './client-tokens.fixture.ts';

const PROJECT = 'demo-test';
const NOW = 1_800_000_000_000;
const SECONDS = NOW / 1_000;

const identification = createIdentification({ project: PROJECT, now: () => NOW });
const claims = { project: PROJECT, uid: 'u1', issuedAt: SECONDS };

function refusalOf(token: string, by = identification): string {
  const client = by.byToken(token);
  return client.kind === 'refused' ? `${client.error.code}: ${client.error.message}` : client.kind;
}

const INVALID = 'invalid_token: Could not parse auth token.';

describe('a client', () => {
  test('without a token is nobody', () => {
    expect(identification.byToken(undefined)).toMatchObject({ kind: 'user', auth: null });
    expect(identification.byHeader(undefined)).toMatchObject({ kind: 'user', auth: null });
  });

  test('with the emulators’ admin token is the owner', () => {
    expect(identification.byToken('owner').kind).toBe('owner');
    expect(identification.byHeader('Bearer owner').kind).toBe('owner');
  });

  test('with an unsigned token of the project is its user', () => {
    const client = identification.byToken(userToken({ ...claims, more: { admin: true } }));
    expect(client).toMatchObject({
      kind: 'user',
      auth: { uid: 'u1', token: { admin: true, aud: PROJECT } },
      expiresAt: NOW + 3_600_000,
    });
  });

  test('with a token that was good once is told that it is expired', () => {
    const token = userToken({ ...claims, issuedAt: SECONDS - 3_600 });
    expect(refusalOf(token)).toBe('expired_token: Auth token is expired');
  });

  test.each<[string, string]>([
    ['an empty token', ''],
    ['garbage', 'garbage'],
    ['the owner’s in capitals', 'OWNER'],
    ['dots', '..'],
    ['another project’s issuer', userToken({ ...claims, more: { iss: 'https://example.com' } })],
    ['another project’s audience', userToken({ ...claims, more: { aud: 'demo-other' } })],
    ['another project’s user', userToken({ ...claims, project: 'demo-other' })],
    ['no user', userToken({ ...claims, uid: '' })],
    ['a user that is no text', userToken({ ...claims, more: { sub: 5 } })],
    ['a future', userToken({ ...claims, issuedAt: SECONDS + 60 })],
    ['no end', userToken({ ...claims, more: { exp: 'never' } })],
    ['a signature behind alg none', `${userToken(claims)}c2lnbmF0dXJl`],
    ['a part too many', `${userToken(claims)}.`],
    ['a forged signature', forgedToken(claims)],
  ])('with %s is refused', (_, token) => {
    expect(refusalOf(token)).toBe(INVALID);
  });

  test('is nobody’s user where no project is named', () => {
    const withoutProject = createIdentification({ project: undefined, now: () => NOW });
    expect(refusalOf(userToken(claims), withoutProject)).toBe(INVALID);
    const ofUndefined = userToken({ ...claims, project: 'undefined' });
    expect(refusalOf(ofUndefined, withoutProject)).toBe(INVALID);
  });

  test.each(['Basic b3duZXI=', 'owner', 'Bearer', 'Bearer  ', ''])(
    'with the header %j is no owner',
    (header) => {
      expect(identification.byHeader(header).kind).not.toBe('owner');
    },
  );
});
