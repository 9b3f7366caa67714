import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type AdminStates, signedOut } from '../../access/admin-state.ts';
import type { Gate } from '../../access/gate.ts';
import type { Links } from '../../access/links.ts';
import { stored } from '../../paths.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';
import { InvitationView, ownAdmin } from './admin-view.ts';
import { settled } from './changes.ts';
import { RecordId } from './fields.ts';

const TAG = 'Supervisors';
const params = z.object({ admin_id: RecordId });

export interface AdminAccessOptions {
  firestore: Firestore;
  audit: Audit;
  links: Links;
  states: AdminStates;
  gate: Pick<Gate, 'forgetAdmin'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** How a company_admin helps somebody back in, or puts somebody out. */
export function adminAccessRoutes(options: AdminAccessOptions): Route[] {
  const { firestore, audit, links, states, gate, now } = options;

  async function known(adminId: string, companyId: string) {
    return ownAdmin(await available(firestore.doc(stored.admin(adminId)).get()), companyId);
  }

  const link = route({
    method: 'POST',
    path: '/api/admins/{admin_id}/link',
    summary: 'Make a one-time link with which a supervisor chooses a new password',
    tag: TAG,
    access: 'company_admin',
    params,
    body: z.strictObject({
      clear_totp: z.boolean().optional().meta({
        description: 'Also removes the second factor when the link is used.',
      }),
    }),
    answers: {
      201: { description: 'The link; older ones are void.', schema: InvitationView },
    },
    async handle(asked) {
      const { companyId } = asked.principal;
      const adminId = asked.params.admin_id;
      const { password_hash } = await known(adminId, companyId);
      const body = await settled(
        links.make({
          adminId,
          companyId,
          kind: password_hash === undefined ? 'invitation' : 'reset',
          clearTotp: asked.body.clear_totp ?? false,
          by: doer(asked),
        }),
      );
      return { status: 201, body };
    },
  });

  const signOut = route({
    method: 'POST',
    path: '/api/admins/{admin_id}/sign-out',
    summary: 'Sign a supervisor out everywhere',
    tag: TAG,
    access: 'company_admin',
    params,
    answers: { 204: { description: 'All sessions have ended, open streams too.' } },
    async handle(asked) {
      const adminId = asked.params.admin_id;
      await known(adminId, asked.principal.companyId);
      const entry = { action: 'admin.signed_out', target: adminId } as const;
      await settled(audit.record({ ...doer(asked), ...entry }));
      // Where there is no state, nobody has signed in.
      await settled(states.change(adminId, (state) => state && signedOut(state, now())));
      gate.forgetAdmin(adminId);
      return {};
    },
  });

  return [link, signOut];
}
