import { z } from 'zod';
import type { AdminRecord } from './admin-record.ts';
import { normalizeEmail } from './admin-record.ts';

/** Length is what counts: https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver */
export const NewPassword = z
  .string()
  .min(12, 'must have 12 characters or more')
  .max(1_024, 'must have 1024 characters or fewer');

/** What is wrong with this password for this person, or undefined. */
export function passwordFault(
  password: string,
  { email, name }: Pick<AdminRecord, 'email' | 'name'>,
): string | undefined {
  const chosen = normalizeEmail(password);
  const obvious = [email, name].map(normalizeEmail);
  return obvious.includes(chosen) ? 'must not be your e-mail address or your name' : undefined;
}
