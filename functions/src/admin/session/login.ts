import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AdminRecord, normalizeEmail } from '../../access/admin-record.ts';
import { type AdminStates, stateOf } from '../../access/admin-state.ts';
import type { LoginTries } from '../../access/login-tries.ts';
import type { Passwords } from '../../access/passwords.ts';
import type { IssuedToken, Tokens } from '../../access/tokens.ts';
import { type Totp, TotpCode } from '../../access/totp.ts';
import { AuroraError } from '../../errors.ts';
import type { Audit } from '../audit.ts';
import { available } from '../available.ts';
import { publicRoute, type Route } from '../route.ts';
import { keepSession } from './session-cookie.ts';

const Credentials = z.object({
  email: z.string().min(1).max(254).transform(normalizeEmail),
  password: z.string().min(1).max(1_024),
  /** The code of the second factor, where one is set up. */
  totp: TotpCode.optional(),
  keep: z.boolean().default(false).meta({
    description: 'Sets a cookie with which POST /api/session/refresh goes on after a reload.',
  }),
});

export interface LoginOptions {
  adminByEmail: (email: string) => Promise<AdminRecord | undefined>;
  states: Pick<AdminStates, 'ensure' | 'read'>;
  tries: LoginTries;
  passwords: Passwords;
  totp: Pick<Totp, 'use'>;
  tokens: Tokens;
  /** Those that cookies hold. */
  keptTokens: Tokens;
  audit: Pick<Audit, 'recordDone'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** A token as every route answers it that gives one. */
export const SignedIn = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Seconds. */
  expires_in: z.number().int(),
  admin: AdminRecord.pick({
    id: true,
    email: true,
    name: true,
    company_id: true,
    role: true,
    operator: true,
  }),
});

export function signedIn(
  { token, expiresInSeconds }: IssuedToken,
  { id, email, name, company_id, role, operator }: AdminRecord,
): z.infer<typeof SignedIn> {
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: expiresInSeconds,
    admin: { id, email, name, company_id, role, operator },
  };
}

/**
 * `POST /login`: a token for an address and its password. Whatever is wrong has one answer and costs
 * one password computation, so that nobody learns who has an account; only who knows the password
 * is told that a code is missing.
 */
export function loginRoute(options: LoginOptions): Route {
  const { adminByEmail, states, tries, passwords, totp, tokens, keptTokens, audit, now } = options;

  /** Whether the record and what tokens are checked against both let this person in. */
  async function mayComeIn(admin: AdminRecord): Promise<boolean> {
    if (admin.disabled) return false;
    // Supervisors of old have a record alone.
    await available(states.ensure(admin.id, stateOf(admin)));
    const state = await available(states.read(admin.id));
    return state !== undefined && !state.disabled;
  }

  async function hasCode({ id, totp_secret: secret }: AdminRecord, code: string | undefined) {
    if (secret === undefined) return true;
    if (code === undefined) throw totpRequired();
    return available(totp.use(id, secret, code));
  }

  return publicRoute({
    method: 'POST',
    path: '/login',
    summary: 'Sign in',
    tag: 'Session',
    body: Credentials,
    answers: {
      200: {
        description: 'A token for about one shift.',
        schema: SignedIn,
      },
    },
    async handle({ body: { email, password, totp: code, keep }, origin }) {
      const attempt = await available(tries.count({ ip: origin.ip, account: email }));
      // The token counts as issued before the record is read: a change of the password that comes
      // in between ends it.
      const readAt = now();
      const admin = await available(adminByEmail(email));
      const right = await passwords.verify(password, admin?.password_hash);
      if (!admin || !right || !(await mayComeIn(admin)) || !(await hasCode(admin, code))) {
        await available(attempt.failed(admin?.id));
        throw wrong();
      }
      await available(attempt.succeeded());
      const { id, company_id } = admin;
      const who = { kind: 'admin' as const, id };
      await audit.recordDone({ company_id, action: 'session.started', target: id, who, origin });
      const of = { at: readAt, tokenId: randomUUID() };
      const body = signedIn(tokens.issue(admin, of), admin);
      if (!keep) return { body };
      return { body, headers: { 'Set-Cookie': keepSession(keptTokens.issue(admin, of)) } };
    },
  });
}

function wrong(): AuroraError {
  return new AuroraError(
    401,
    'unauthorized',
    'The e-mail address or the password is wrong. Check both and try again.',
  );
}

function totpRequired(): AuroraError {
  return new AuroraError(
    401,
    'totp_required',
    'Send the code that your authenticator app shows as "totp" too.',
  );
}
