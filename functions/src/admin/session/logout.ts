import { z } from 'zod';
import { type AdminStates, signedOut } from '../../access/admin-state.ts';
import type { Gate } from '../../access/gate.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';
import { FORGET_SESSION } from './session-cookie.ts';

export interface LogoutOptions {
  database: Pick<LiveDatabase, 'create'>;
  states: Pick<AdminStates, 'change'>;
  gate: Pick<Gate, 'forget' | 'forgetAdmin'>;
  audit: Pick<Audit, 'recordDone'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** `POST /logout`: the token, or every token of this person, stops working, open streams close. */
export function logoutRoute({ database, states, gate, audit, now }: LogoutOptions): Route {
  return route({
    method: 'POST',
    path: '/logout',
    summary: 'Sign out',
    tag: 'Session',
    access: 'viewer',
    allowedWithoutTotp: true,
    body: z.object({ everywhere: z.boolean().default(false) }).prefault({}),
    answers: { 204: { description: 'Signed out, here or everywhere.' } },
    async handle(asked) {
      const { adminId, tokenId, tokenExpiresAt } = asked.principal;
      const { everywhere } = asked.body;
      if (everywhere) {
        await available(states.change(adminId, (state) => state && signedOut(state, now())));
      }
      // Both ways: a token that was issued in this very millisecond is not before now.
      const revoked = { expires_at: tokenExpiresAt };
      await available(database.create(live.revokedToken(tokenId), revoked));
      gate.forget(tokenId);
      if (everywhere) gate.forgetAdmin(adminId);
      await audit.recordDone({
        ...doer(asked),
        action: everywhere ? 'session.ended_everywhere' : 'session.ended',
        target: adminId,
      });
      return { headers: { 'Set-Cookie': FORGET_SESSION } };
    },
  });
}
