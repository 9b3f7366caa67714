import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AdminWriter } from '../../access/admin-writer.ts';
import type { LoginTries } from '../../access/login-tries.ts';
import { NewPassword, passwordFault } from '../../access/password-policy.ts';
import type { Passwords } from '../../access/passwords.ts';
import type { Tokens } from '../../access/tokens.ts';
import { InvalidRequest } from '../answer-error.ts';
import { doer } from '../audit.ts';
import { type Route, route } from '../route.ts';
import { settled } from '../team/changes.ts';
import { SignedIn, signedIn } from './login.ts';
import { type OwnRecords, ownRecord } from './me.ts';
import { provePassword, wrongPassword } from './prove-password.ts';
import { keepSession } from './session-cookie.ts';

export interface PasswordOptions extends Pick<OwnRecords, 'adminById'> {
  tries: LoginTries;
  passwords: Passwords;
  writer: AdminWriter;
  tokens: Tokens;
  /** Those that cookies hold. */
  keptTokens: Tokens;
}

/** `POST /api/me/password`: ends all sessions, so that it answers with a new token. */
export function passwordRoute(options: PasswordOptions): Route {
  const { passwords, writer, tokens, keptTokens } = options;
  return route({
    method: 'POST',
    path: '/api/me/password',
    summary: 'Change my password',
    tag: 'Session',
    access: 'viewer',
    allowedWithoutTotp: true,
    body: z.object({
      current_password: z.string().min(1).max(1_024),
      new_password: NewPassword,
      keep: z.boolean().default(false).meta({
        description: 'Sets the cookie of a kept session anew, as POST /login does.',
      }),
    }),
    answers: {
      200: { description: 'A new token; all older ones have ended.', schema: SignedIn },
    },
    async handle(asked) {
      const { principal, origin } = asked;
      const { current_password: password, new_password: chosen, keep } = asked.body;
      const admin = await ownRecord(options, principal);
      await provePassword(options, { admin, password, ip: origin.ip });
      const fault = passwordFault(chosen, admin);
      if (fault) {
        const message = `The new password ${fault}. Choose another one.`;
        throw new InvalidRequest(message, [{ path: 'new_password', message: fault }]);
      }
      const password_hash = await passwords.hash(chosen);
      await settled(
        writer.write(admin.id, admin.company_id, async (before) => {
          // Somebody has changed it meanwhile: what was proved is not the password any more.
          if (before.password_hash !== admin.password_hash) throw wrongPassword();
          // A link that is still on its way would set yet another password.
          const { link_hash: _, ...rest } = before;
          return {
            after: { ...rest, password_hash },
            signOut: true,
            entry: { ...doer(asked), action: 'session.password_changed', target: admin.id },
          };
        }),
      );
      const of = { tokenId: randomUUID() };
      const body = signedIn(tokens.issue(admin, of), admin);
      if (!keep) return { body };
      return { body, headers: { 'Set-Cookie': keepSession(keptTokens.issue(admin, of)) } };
    },
  });
}
