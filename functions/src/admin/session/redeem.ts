import { z } from 'zod';
import type { createLinkRedeem } from '../../access/link-redeem.ts';
import type { LoginTries } from '../../access/login-tries.ts';
import { NewPassword } from '../../access/password-policy.ts';
import { available } from '../available.ts';
import { publicRoute, type Route } from '../route.ts';
import { settled } from '../team/changes.ts';

export interface RedeemOptions {
  redeem: ReturnType<typeof createLinkRedeem>;
  tries: LoginTries;
}

/** `POST /api/links/redeem`: whoever holds an invitation or a reset chooses a password. */
export function redeemRoute({ redeem, tries }: RedeemOptions): Route {
  return publicRoute({
    method: 'POST',
    path: '/api/links/redeem',
    summary: 'Choose a password with a one-time link',
    tag: 'Session',
    body: z.object({ secret: z.string().max(200), new_password: NewPassword }),
    answers: { 204: { description: 'The password is set, the link used up: sign in.' } },
    async handle({ body: { secret, new_password: newPassword }, origin }) {
      const attempt = await available(tries.count({ ip: origin.ip }));
      try {
        await settled(redeem({ secret, newPassword, origin }));
      } catch (error) {
        const isWrong = (error as { code?: unknown }).code === 'link_invalid';
        await available(isWrong ? attempt.failed() : attempt.succeeded());
        throw error;
      }
      await available(attempt.succeeded());
      return {};
    },
  });
}
