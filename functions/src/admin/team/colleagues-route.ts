import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { AdminRole, readAdmin } from '../../access/admin-record.ts';
import { stored } from '../../paths.ts';
import { PageLimit, pageOf } from '../cursor.ts';
import { type Route, route } from '../route.ts';
import { byName, NameCursor, placeByName, readPage } from './pages.ts';

/** No address and no number: those are for company_admins. */
const Colleague = z
  .object({
    id: z.string(),
    name: z.string(),
    role: AdminRole,
    reachable: z.boolean().meta({ description: 'Whether there is a phone that can be rung.' }),
  })
  .meta({ id: 'Colleague' });

/** Who acts on calls with me: to name who has one, and to hand one over. */
export function colleaguesRoute({ firestore }: { firestore: Firestore }): Route {
  const admins = firestore.collection(stored.admins);
  return route({
    method: 'GET',
    path: '/api/colleagues',
    summary: 'The supervisors of your company, by name, without addresses and numbers',
    tag: 'Supervisors',
    access: 'viewer',
    query: z.object({ cursor: NameCursor, limit: PageLimit }),
    answers: { 200: { description: 'A page of supervisors.', schema: pageOf(Colleague) } },
    async handle({ principal, query: { cursor, limit } }) {
      const body = await readPage({
        query: byName(admins.where('company_id', '==', principal.companyId), cursor),
        limit,
        placeOf: placeByName,
        view(document) {
          const admin = readAdmin(document);
          if (!admin || admin.disabled) return undefined;
          const { id, name, role, phone } = admin;
          return { id, name, role, reachable: phone !== undefined };
        },
      });
      return { body };
    },
  });
}
