import type { Request, Response } from 'express';
import { z } from 'zod';
import { type AdminRecord, normalizeEmail } from '../access/admin-record.ts';
import type { Passwords } from '../access/passwords.ts';
import type { Tokens } from '../access/tokens.ts';
import { AuroraError } from '../errors.ts';
import { jsonBody } from './json-body.ts';

const Credentials = z.object({
  email: z.string().min(1).max(254).transform(normalizeEmail),
  password: z.string().min(1).max(1_024),
});

export interface LoginOptions {
  adminByEmail: (email: string) => Promise<AdminRecord | undefined>;
  passwords: Passwords;
  tokens: Tokens;
}

/**
 * `POST /login`: a token for an address and its password. Unknown address and wrong password have
 * one answer and cost one password computation each, so that nobody learns who has an account.
 */
export function createLogin({ adminByEmail, passwords, tokens }: LoginOptions) {
  return async function login(request: Request, response: Response): Promise<void> {
    const { email, password } = await jsonBody(request, response, Credentials);
    const admin = await adminByEmail(email);
    const right = await passwords.verify(password, admin?.password_hash);
    if (!admin || !right) {
      throw new AuroraError(
        401,
        'unauthorized',
        'The e-mail address or the password is wrong. Check both and try again.',
      );
    }
    const { token, expiresInSeconds } = tokens.issue(admin);
    response.json({
      access_token: token,
      token_type: 'Bearer',
      expires_in: expiresInSeconds,
      admin: {
        id: admin.id,
        email: admin.email,
        name: admin.name,
        company_id: admin.company_id,
        role: admin.role,
      },
    });
  };
}
