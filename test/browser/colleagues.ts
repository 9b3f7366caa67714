import { createRequire } from 'node:module';
import { expect } from 'vitest';
import { post } from '../journeys/people.ts';
import { anyNumber, type RunningSuite } from '../journeys/support.ts';

/** People whom a test makes for itself: nobody else's test uses their sessions. */

export const PASSWORD = 'no storm so long 7';

/** Resolved from functions/, where it is a dependency. */
const { TOTP } = createRequire(new URL('../../functions/package.json', import.meta.url))(
  'otpauth',
) as { TOTP: new (of: { secret: string }) => { generate(at: { timestamp: number }): string } };

/** An authenticator app whose clock is right; of so many steps of 30 s from now, each code is good once. */
export function codesOf(secret: string): (steps: number) => string {
  const totp = new TOTP({ secret });
  return (steps) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
}

/** A name that no other test uses. */
export const unique = (word: string) => `${word} ${anyNumber().slice(-7)}`;

/** What a public route, or one that is asked with this token, answers. @throws where it refuses */
export async function asked(
  { baseUrl }: Pick<RunningSuite, 'baseUrl'>,
  path: string,
  body: object,
  { token, method = 'POST' }: { token?: string; method?: string } = {},
): Promise<Record<string, string>> {
  const response = await fetch(baseUrl + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return text === '' ? {} : JSON.parse(text);
}

/** A session of somebody's own, beside those of their windows. */
export async function tokenOf(
  suite: Pick<RunningSuite, 'baseUrl'>,
  email: string,
  password = PASSWORD,
): Promise<string> {
  const { access_token = '' } = await asked(suite, '/login', { email, password });
  return access_token;
}

export interface Colleague {
  id: string;
  email: string;
  name: string;
}

/**
 * Somebody who was invited and has chosen PASSWORD.
 * @param by whose company they are of; the demo company's admin unless told
 */
export async function newColleague(
  suite: RunningSuite,
  role: 'viewer' | 'supervisor' | 'company_admin',
  { by, phone }: { by?: string; phone?: string } = {},
): Promise<Colleague> {
  const name = unique('Night');
  const email = `${name.replace(' ', '-').toLowerCase()}@example.com`;
  const person = { email, name, role, ...(phone !== undefined && { phone }) };
  const made = await post(suite, '/api/admins', person, by === undefined ? {} : { email: by });
  expect(made.status).toBe(201);
  const { id, invitation } = made.body as { id: string; invitation: { url: string } };
  const secret = new URL(invitation.url).hash.slice(1);
  await asked(suite, '/api/links/redeem', { secret, new_password: PASSWORD });
  return { id, email, name };
}
