import { z } from 'zod';
import { AdminRecord, normalizeEmail } from '../access/admin-record.ts';
import type { Passwords } from '../access/passwords.ts';
import type { Tokens } from '../access/tokens.ts';
import { AuroraError } from '../errors.ts';
import { publicRoute, type Route } from './route.ts';

const Credentials = z.object({
  email: z.string().min(1).max(254).transform(normalizeEmail),
  password: z.string().min(1).max(1_024),
});

export interface LoginOptions {
  adminByEmail: (email: string) => Promise<AdminRecord | undefined>;
  passwords: Passwords;
  tokens: Tokens;
}

const SignedIn = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Seconds. */
  expires_in: z.number().int(),
  admin: AdminRecord.pick({ id: true, email: true, name: true, company_id: true, role: true }),
});

/**
 * `POST /login`: a token for an address and its password. Unknown address and wrong password have
 * one answer and cost one password computation each, so that nobody learns who has an account.
 */
export function loginRoute({ adminByEmail, passwords, tokens }: LoginOptions): Route {
  return publicRoute({
    method: 'POST',
    path: '/login',
    summary: 'Sign in',
    tag: 'Session',
    body: Credentials,
    answers: { 200: { description: 'A token for about one shift.', schema: SignedIn } },
    async handle({ body: { email, password } }) {
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
      const body: z.infer<typeof SignedIn> = {
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
      };
      return { body };
    },
  });
}
