import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { changeAt, type LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';

/** A code as people type it: six digits, perhaps with spaces. */
export const TotpCode = z
  .string()
  .max(20)
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^[0-9]{6}$/, 'must be the six digits that the app shows'));

/** What every authenticator app assumes: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 };

/** Steps of drift each way: a telephone's clock may be half a minute off. */
const DRIFT = 1;

/** Bytes: https://www.rfc-editor.org/rfc/rfc4226#section-4 (R6) recommends 160 bits. */
const SECRET_BYTES = 20;

/** Tries at one change against others who use a code of the same person. */
const MOST_TRIES = 5;

export interface Totp {
  /** In base32. */
  newSecret(): string;
  /** What an authenticator app reads from a QR code. */
  uri(secret: string, email: string): string;
  /** Whether the code is right at this moment; it is used up, and so is every older one. */
  use(adminId: string, secret: string, code: string): Promise<boolean>;
}

export function createTotp(options: {
  database: LiveDatabase;
  /** Epoch milliseconds. */
  now: () => number;
}): Totp {
  const { database, now } = options;

  async function use(adminId: string, secret: string, code: string): Promise<boolean> {
    const timestamp = now();
    const delta = TOTP.validate({
      ...FORM,
      token: code,
      secret: Secret.fromBase32(secret),
      timestamp,
      window: DRIFT,
    });
    if (delta === null) return false;
    return takeStep(adminId, TOTP.counter({ period: FORM.period, timestamp }) + delta);
  }

  /** By compare-and-set: of two who use one code at once, one is refused. */
  async function takeStep(adminId: string, step: number): Promise<boolean> {
    let isTaken = false;
    await changeAt(database, live.totpStep(adminId), MOST_TRIES, (last) => {
      isTaken = typeof last === 'number' && last >= step;
      return isTaken ? last : step;
    });
    return !isTaken;
  }

  return {
    newSecret: () => new Secret({ size: SECRET_BYTES }).base32,
    uri: (secret, email) =>
      new TOTP({ ...FORM, issuer: 'Aurora', label: email, secret }).toString(),
    use,
  };
}
