import { z } from 'zod';
import type { AdminRecord } from '../../access/admin-record.ts';
import type { Gate } from '../../access/gate.ts';
import { type Tokens, unauthorized } from '../../access/tokens.ts';
import { AuroraError } from '../../errors.ts';
import { available } from '../available.ts';
import { publicRoute, type Route } from '../route.ts';
import { SignedIn, signedIn } from './login.ts';
import { COOKIE, cookieOf } from './session-cookie.ts';

export interface KeptSessionOptions {
  /** Admits with the tokens that cookies hold. */
  keptGate: Pick<Gate, 'admit'>;
  tokens: Tokens;
  adminById: (id: string) => Promise<AdminRecord | undefined>;
  /** Origins of the web pages that may ask. */
  pageOrigins: readonly string[];
  /** Epoch milliseconds. */
  now: () => number;
}

/** `POST /api/session/refresh`: a token for a page that was loaded again. */
export function keptSessionRoute(options: KeptSessionOptions): Route {
  const { keptGate, tokens, adminById, pageOrigins, now } = options;
  return publicRoute({
    method: 'POST',
    path: '/api/session/refresh',
    summary: 'Go on with the session that this browser keeps',
    tag: 'Session',
    headers: z.object({
      cookie: z
        .string()
        .max(8_192)
        .optional()
        .meta({ description: `Holds \`${COOKIE}\`.` }),
      origin: z
        .string()
        .max(1_000)
        .optional()
        .meta({ description: 'A page of this installation.' }),
    }),
    answers: { 200: { description: 'A new token of the same session.', schema: SignedIn } },
    async handle({ headers }) {
      if (!pageOrigins.includes(headers.origin ?? '')) throw strangePage();
      const kept = cookieOf(headers.cookie);
      if (kept === undefined) throw unauthorized();
      const at = now();
      const principal = await keptGate.admit(`Bearer ${kept}`, 'change', { withoutTotp: true });
      const admin = await available(adminById(principal.adminId));
      if (!admin || admin.disabled || admin.company_id !== principal.companyId) {
        throw unauthorized();
      }
      const { tokenId, tokenExpiresAt: until } = principal;
      return { body: signedIn(tokens.issue(admin, { at, tokenId, until }), admin) };
    },
  });
}

function strangePage(): AuroraError {
  return new AuroraError(
    403,
    'strange_origin',
    'Only pages of this installation may go on with a kept session. Sign in instead.',
  );
}
