import type { AdminRecord } from '../../access/admin-record.ts';
import type { LoginTries } from '../../access/login-tries.ts';
import type { Passwords } from '../../access/passwords.ts';
import { AuroraError } from '../../errors.ts';
import { available } from '../available.ts';

/**
 * Checks the password of somebody who has a token already: a token that was stolen must not be
 * enough to change how one signs in. Counts as a try to sign in. Throws 403 `wrong_password`.
 */
export async function provePassword(
  { tries, passwords }: { tries: LoginTries; passwords: Pick<Passwords, 'verify'> },
  { admin, password, ip }: { admin: AdminRecord; password: string; ip: string },
): Promise<void> {
  const attempt = await available(tries.count({ ip, account: admin.email }));
  if (await passwords.verify(password, admin.password_hash)) {
    await available(attempt.succeeded());
    return;
  }
  await available(attempt.failed(admin.id));
  throw wrongPassword();
}

export function wrongPassword(): AuroraError {
  return new AuroraError(
    403,
    'wrong_password',
    'The current password is wrong. Nothing was changed.',
  );
}
