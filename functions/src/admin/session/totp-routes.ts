import { z } from 'zod';
import type { AdminRecord } from '../../access/admin-record.ts';
import type { AdminWriter } from '../../access/admin-writer.ts';
import type { LoginTries } from '../../access/login-tries.ts';
import type { Passwords } from '../../access/passwords.ts';
import { type Totp, TotpCode } from '../../access/totp.ts';
import { AuroraError } from '../../errors.ts';
import { doer } from '../audit.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';
import { settled } from '../team/changes.ts';
import { type OwnRecords, ownRecord } from './me.ts';
import { provePassword } from './prove-password.ts';

export interface TotpRouteOptions extends OwnRecords {
  tries: LoginTries;
  passwords: Pick<Passwords, 'verify'>;
  totp: Totp;
  writer: AdminWriter;
}

/** The second factor of whoever asks: set up in two steps, so that nobody is locked out by a typo. */
export function totpRoutes(options: TotpRouteOptions): Route[] {
  const { companies, tries, totp, writer } = options;

  /** A code is a try to sign in like a password: six digits can be guessed. */
  async function proveCode(admin: AdminRecord, secret: string, code: string, ip: string) {
    const attempt = await available(tries.count({ ip, account: admin.email }));
    if (await available(totp.use(admin.id, secret, code))) {
      await available(attempt.succeeded());
      return;
    }
    await available(attempt.failed(admin.id));
    throw new AuroraError(
      403,
      'wrong_code',
      'The code is wrong or was used already. Wait for the next one and check the clock.',
    );
  }

  const start = route({
    method: 'POST',
    path: '/api/me/totp',
    summary: 'Begin to set up a second factor',
    tag: 'Session',
    access: 'viewer',
    allowedWithoutTotp: true,
    body: z.object({ current_password: z.string().min(1).max(1_024) }),
    answers: {
      200: {
        description: 'The secret for an authenticator app. It counts once a code is confirmed.',
        schema: z.object({ secret: z.string(), uri: z.string() }),
      },
    },
    async handle(asked) {
      const admin = await ownRecord(options, asked.principal);
      const { current_password: password } = asked.body;
      if (admin.totp_secret !== undefined) throw alreadySetUp();
      await provePassword(options, { admin, password, ip: asked.origin.ip });
      const secret = totp.newSecret();
      await settled(
        writer.write(admin.id, admin.company_id, async (before) => {
          if (before.totp_secret !== undefined) throw alreadySetUp();
          return {
            after: { ...before, totp_pending: secret },
            entry: { ...doer(asked), action: 'session.totp_begun', target: admin.id },
          };
        }),
      );
      return { body: { secret, uri: totp.uri(secret, admin.email) } };
    },
  });

  const confirm = route({
    method: 'POST',
    path: '/api/me/totp/confirm',
    summary: 'Set up the second factor with its first code',
    tag: 'Session',
    access: 'viewer',
    allowedWithoutTotp: true,
    body: z.object({ code: TotpCode }),
    answers: { 204: { description: 'From now on signing in needs a code.' } },
    async handle(asked) {
      const admin = await ownRecord(options, asked.principal);
      const { totp_pending: secret } = admin;
      if (secret === undefined) throw notBegun();
      await proveCode(admin, secret, asked.body.code, asked.origin.ip);
      await settled(
        writer.write(admin.id, admin.company_id, async (before) => {
          // Somebody began anew meanwhile: the code was of another secret.
          if (before.totp_pending !== secret) throw notBegun();
          const { totp_pending: _, ...rest } = before;
          return {
            after: { ...rest, totp_secret: secret },
            entry: { ...doer(asked), action: 'session.totp_set_up', target: admin.id },
          };
        }),
      );
      return {};
    },
  });

  const remove = route({
    method: 'DELETE',
    path: '/api/me/totp',
    summary: 'Remove the second factor',
    tag: 'Session',
    access: 'viewer',
    allowedWithoutTotp: true,
    body: z.object({ code: TotpCode }),
    answers: { 204: { description: 'Signing in needs no code any more.' } },
    async handle(asked) {
      const { principal, origin, body } = asked;
      const admin = await ownRecord(options, principal);
      const { totp_secret: secret } = admin;
      if (secret === undefined) throw notSetUp();
      const { require_totp } = await available(companies.of(principal.companyId));
      if (require_totp) throw requiredByCompany();
      await proveCode(admin, secret, body.code, origin.ip);
      await settled(
        writer.write(admin.id, admin.company_id, async (before) => {
          if (before.totp_secret !== secret) throw notSetUp();
          const { totp_secret: _, ...after } = before;
          return {
            after,
            entry: { ...doer(asked), action: 'session.totp_removed', target: admin.id },
          };
        }),
      );
      return {};
    },
  });

  return [start, confirm, remove];
}

function alreadySetUp(): AuroraError {
  return new AuroraError(
    409,
    'totp_already_set_up',
    'You have a second factor. To change it, remove it first, or ask for a link that clears it.',
  );
}

function notBegun(): AuroraError {
  return new AuroraError(
    409,
    'totp_not_begun',
    'Begin with POST /api/me/totp: there is no secret that waits for its first code.',
  );
}

function notSetUp(): AuroraError {
  return new AuroraError(
    409,
    'totp_not_set_up',
    'You have no second factor that could be removed.',
  );
}

function requiredByCompany(): AuroraError {
  return new AuroraError(
    409,
    'totp_required_by_company',
    'Your company asks everybody for a second factor: it can’t be removed.',
  );
}
