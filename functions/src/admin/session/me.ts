import { z } from 'zod';
import { AdminRecord } from '../../access/admin-record.ts';
import type { Companies } from '../../access/companies.ts';
import type { Principal } from '../../access/gate.ts';
import { unauthorized } from '../../access/tokens.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';

const Me = AdminRecord.pick({
  id: true,
  email: true,
  name: true,
  company_id: true,
  role: true,
  operator: true,
}).extend({
  phone: z.string().nullable(),
  totp: z.object({
    enabled: z.boolean(),
    /** Whether the company asks for it. */
    required: z.boolean(),
  }),
});

export interface OwnRecords {
  adminById: (id: string) => Promise<AdminRecord | undefined>;
  companies: Pick<Companies, 'of'>;
}

/** The record of whoever asks. */
export async function ownRecord(
  { adminById }: Pick<OwnRecords, 'adminById'>,
  { adminId, companyId }: Principal,
): Promise<AdminRecord> {
  const admin = await available(adminById(adminId));
  if (admin?.company_id !== companyId) throw unauthorized();
  return admin;
}

/** `GET /api/me`: who one is, and what one may do at this moment. */
export function meRoute({ adminById, companies }: OwnRecords): Route {
  return route({
    method: 'GET',
    path: '/api/me',
    summary: 'Who I am',
    tag: 'Session',
    access: 'viewer',
    allowedWithoutTotp: true,
    answers: { 200: { description: 'The supervisor whose token it is.', schema: Me } },
    async handle({ principal }) {
      const [admin, company] = await Promise.all([
        ownRecord({ adminById }, principal),
        available(companies.of(principal.companyId)),
      ]);
      const { id, email, name, company_id, phone, totp_secret } = admin;
      const body: z.infer<typeof Me> = {
        id,
        email,
        name,
        company_id,
        role: principal.role,
        operator: principal.operator,
        phone: phone ?? null,
        totp: { enabled: totp_secret !== undefined, required: company.require_totp },
      };
      return { body };
    },
  });
}
