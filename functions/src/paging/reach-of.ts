import type { AdminRecord } from '../access/admin-record.ts';
import { isTelephone, normalizeNumber } from '../calls/phone.ts';

/** Why somebody is not fetched: may not sign in, may not act on calls, or has nothing that rings. */
export const UNREACHABLE = ['disabled', 'viewer', 'no_phone'] as const;
export type Unreachable = (typeof UNREACHABLE)[number];

/** The telephone (E.164) on which somebody is fetched, or why nobody can. */
export function reachOf(
  admin: Pick<AdminRecord, 'disabled' | 'role' | 'phone'>,
): { phone: string } | { why: Unreachable } {
  if (admin.disabled) return { why: 'disabled' };
  if (admin.role === 'viewer') return { why: 'viewer' };
  const phone = normalizeNumber(admin.phone ?? '');
  return isTelephone(phone) ? { phone } : { why: 'no_phone' };
}
