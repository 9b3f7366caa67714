import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { AuroraError } from '../errors.ts';
import { ADMIN_ID, type AdminRecord } from './admin-record.ts';

const ALGORITHM = 'HS256';
const ISSUER = 'aurora';
/** What a token is good for: asking, or getting one that is (admin/session/kept-session.ts). */
export type TokenUse = 'aurora-supervisors' | 'aurora-kept-sessions';

/** About one shift: nobody is signed out in the middle of a call. */
const LIFETIME_IN_SECONDS = 10 * 60 * 60;

/**
 * A token says who somebody is, never what they may do: company and role are looked up with every
 * request, so that a change of either holds at once.
 */
const Claims = z.object({
  iss: z.literal(ISSUER),
  aud: z.string(),
  sub: z.string().regex(ADMIN_ID),
  jti: z.uuid(),
  /** Epoch milliseconds; `iat` counts seconds, too coarse for a sign-out and a sign-in within one. */
  at: z.number(),
  exp: z.number(),
});

export interface IssuedToken {
  token: string;
  expiresInSeconds: number;
}

/** What a valid token says. */
export interface Identity {
  adminId: string;
  /** The token's own id: what a sign-out revokes. */
  tokenId: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface IssueOptions {
  /** Epoch milliseconds; default: now. */
  at?: number;
  /** Default: a new one. Tokens of one session share theirs: a sign-out ends them all. */
  tokenId?: string;
  /** Epoch milliseconds; default: a shift after `at`. */
  until?: number;
}

export interface Tokens {
  issue(admin: Pick<AdminRecord, 'id'>, options?: IssueOptions): IssuedToken;
  /** Throws `unauthorized` for every token that is not valid, without saying why. */
  verify(token: string): Identity;
}

export interface TokenOptions {
  /** The first one signs; all are accepted, so that the secret can be changed without sign-outs. */
  secrets: string[];
  /** Default: for asking. */
  use?: TokenUse;
  clock: { now(): number };
}

export function createTokens(options: TokenOptions): Tokens {
  const { secrets, clock, use = 'aurora-supervisors' } = options;
  if (secrets.length === 0 || secrets.includes('')) {
    throw new Error('Tokens need a secret: set JWT_SECRET.');
  }
  // Of a text jsonwebtoken tries anew each time whether it is another kind of key.
  const keys = secrets.map((secret) => createSecretKey(secret, 'utf8'));
  const [current] = keys as [KeyObject, ...KeyObject[]];

  function issue(admin: Pick<AdminRecord, 'id'>, options: IssueOptions = {}): IssuedToken {
    const { at = clock.now(), tokenId = randomUUID(), until } = options;
    const iat = Math.floor(at / 1_000);
    const expiresInSeconds =
      until === undefined ? LIFETIME_IN_SECONDS : Math.max(1, Math.floor(until / 1_000) - iat);
    const token = jwt.sign({ iat, at }, current, {
      algorithm: ALGORITHM,
      issuer: ISSUER,
      audience: use,
      subject: admin.id,
      jwtid: tokenId,
      expiresIn: expiresInSeconds,
    });
    return { token, expiresInSeconds };
  }

  function verify(token: string): Identity {
    for (const key of keys) {
      const claims = Claims.safeParse(claimsOf(token, key));
      if (!claims.success) continue;
      const { sub, jti, at, exp } = claims.data;
      return { adminId: sub, tokenId: jti, issuedAt: at, expiresAt: exp * 1_000 };
    }
    throw unauthorized();
  }

  function claimsOf(token: string, key: KeyObject): unknown {
    try {
      return jwt.verify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: use,
        clockTimestamp: nowInSeconds(),
      });
    } catch {
      return undefined;
    }
  }

  function nowInSeconds(): number {
    return Math.floor(clock.now() / 1_000);
  }

  return { issue, verify };
}

/** The one answer to a token that is missing, wrong, expired, or whose owner is gone. */
export function unauthorized(): AuroraError {
  return new AuroraError(
    401,
    'unauthorized',
    'Sign in with POST /login and send its access_token as "Authorization: Bearer …".',
  );
}
