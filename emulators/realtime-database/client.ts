import { z } from 'zod';
import { DatabaseError } from './engine/errors.ts';
import type { Auth } from './rules/scope.ts';

/** Who sends a request. */
export type Client =
  | { kind: 'owner' }
  /** Somebody whom the rules are evaluated for; `auth` is null before they have signed in. */
  | { kind: 'user'; auth: Auth; expiresAt: number }
  /** A token that is none: whatever it is sent with fails with this. */
  | { kind: 'refused'; error: DatabaseError };

/** Somebody without a token. */
export const NOBODY: Client = { kind: 'user', auth: null, expiresAt: Number.POSITIVE_INFINITY };

export interface Identification {
  /** Without a token: nobody. */
  byToken(token: string | null | undefined): Client;
  /** By the Authorization header. */
  byHeader(authorization: string | undefined): Client;
}

export interface IdentificationOptions {
  /** Whose users are somebody here; without one, no token but the owner's is anything. */
  project: string | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The emulator suite's admin token; the Admin SDK and firebase-tools send it to local hosts. */
const OWNER_TOKEN = 'owner';

const BEARER = /^Bearer +(.+)$/i;

const Header = z.object({ alg: z.literal('none') });

/**
 * A token is somebody's only if it is one that the local Auth emulator would issue: without a
 * signature, by the project for the project, and not expired. A signature is never looked at; a
 * token that has one is refused, whoever made it. (The official emulator accepts any token, expired
 * or not: `mockUserToken` of the client SDK is expired unless it is given an `iat`.)
 */
export function createIdentification({ project, now }: IdentificationOptions): Identification {
  const Claims = z.looseObject({
    iss: z.literal(`https://securetoken.google.com/${project}`),
    aud: z.literal(project),
    sub: z.string().min(1).max(128),
    iat: z.number(),
    exp: z.number(),
  });

  return { byToken, byHeader: (authorization) => byToken(bearerOf(authorization)) };

  function byToken(token: string | null | undefined): Client {
    if (token === null || token === undefined) return NOBODY;
    if (token === OWNER_TOKEN) return { kind: 'owner' };
    const [header, payload, signature, ...more] = token.split('.');
    const isUnsigned = signature === '' && more.length === 0;
    const claims = Claims.safeParse(jsonOf(payload));
    if (project === undefined || !isUnsigned || !Header.safeParse(jsonOf(header)).success) {
      return INVALID;
    }
    if (!claims.success || claims.data.iat * 1_000 > now()) return INVALID;
    const expiresAt = claims.data.exp * 1_000;
    if (expiresAt <= now()) return { kind: 'refused', error: expired() };
    return { kind: 'user', auth: { uid: claims.data.sub, token: claims.data }, expiresAt };
  }
}

/** The owner who acts as somebody else (databaseAuthVariableOverride). */
export function actingAs(auth: Auth): Client {
  return { kind: 'user', auth, expiresAt: Number.POSITIVE_INFINITY };
}

/** Production's words for a token that was good once. */
export function expired(): DatabaseError {
  return new DatabaseError('expired_token', 'Auth token is expired');
}

/** Production's words for every other token that is none. */
const INVALID: Client = {
  kind: 'refused',
  error: new DatabaseError('invalid_token', 'Could not parse auth token.'),
};

/** A header that holds no bearer token is refused as the token that it is not. */
function bearerOf(authorization: string | undefined): string | undefined {
  return authorization && (BEARER.exec(authorization)?.[1] ?? '');
}

function jsonOf(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
