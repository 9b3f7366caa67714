import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';
import {
  type AdminRecord,
  AdminRole,
  normalizeEmail,
  readAdmin,
} from '../../access/admin-record.ts';
import { notFound } from './changes.ts';
import { Line } from './fields.ts';

export const ROLE =
  'viewer watches, supervisor also acts on calls, company_admin also manages the company.';
const PHONE = 'E.164. Rung when the supervisor joins a call.';

/** A supervisor without hashes and secrets. */
export const AdminView = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: AdminRole.meta({ description: ROLE }),
    phone: z.string().nullable().meta({ description: PHONE }),
    disabled: z.boolean().meta({ description: 'Whether signing in is refused.' }),
    has_password: z.boolean().meta({ description: 'Whether the invitation was used.' }),
    has_totp: z.boolean().meta({ description: 'Whether a second factor is set up.' }),
  })
  .meta({ id: 'Admin' });
export type AdminView = z.infer<typeof AdminView>;

export const NewAdminBody = z.strictObject({
  email: z.string().max(254).transform(normalizeEmail).pipe(z.email().max(254)),
  name: Line(120),
  role: AdminRole.meta({ description: ROLE }),
  phone: z.string().min(1).max(60).nullable().optional().meta({ description: PHONE }),
});

export const AdminChange = NewAdminBody.extend({
  disabled: z.boolean().meta({ description: 'true ends all sessions and refuses new ones.' }),
}).partial();

export const InvitationView = z
  .object({
    url: z.string().meta({ description: 'Works once. Hand it to the supervisor alone.' }),
    expires_at: z.string(),
  })
  .meta({ id: 'OneTimeLink' });

export function viewAdmin(admin: AdminRecord): AdminView {
  return {
    id: admin.id,
    email: admin.email,
    name: admin.name,
    role: admin.role,
    phone: admin.phone ?? null,
    disabled: admin.disabled,
    has_password: admin.password_hash !== undefined,
    has_totp: admin.totp_secret !== undefined,
  };
}

/** Throws 404 for one who is not there, malformed, or another company's. */
export function ownAdmin(document: DocumentSnapshot, companyId: string): AdminRecord {
  const admin = readAdmin(document);
  if (admin?.company_id !== companyId) throw notFound('supervisor');
  return admin;
}
