import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { within } from '../within.ts';
import type { AdminRole } from './admin-record.ts';
import type { AdminStates } from './admin-state.ts';
import { type Identity, type Tokens, unauthorized } from './tokens.ts';

/** Somebody who has signed in, with what they may do at this moment. */
export interface Principal {
  adminId: string;
  companyId: string;
  role: AdminRole;
  tokenId: string;
  /** Epoch milliseconds. */
  tokenExpiresAt: number;
}

export interface Gate {
  /**
   * Lets in whoever holds a valid token. A `read` may rest on an answer of the last 10 seconds; a
   * `change` is checked anew. Throws 401 `unauthorized`, or 503 when nobody can say.
   */
  admit(authorization: string | undefined, purpose: 'read' | 'change'): Promise<Principal>;
}

/** Milliseconds for which it is believed that somebody may come in. */
const BELIEVED = 10_000;

/** Milliseconds that the Realtime Database is given to answer. */
const PATIENCE = 1_000;

export interface GateOptions {
  tokens: Tokens;
  states: AdminStates;
  database: Pick<LiveDatabase, 'read'>;
  /** Epoch milliseconds. */
  now: () => number;
}

export function createGate({ tokens, states, database, now }: GateOptions): Gate {
  const believed = new Map<string, { at: number; principal: Principal }>();

  async function admit(authorization: string | undefined, purpose: 'read' | 'change') {
    const identity = tokens.verify(bearer(authorization));
    const known = believed.get(identity.tokenId);
    if (purpose === 'read' && known && now() - known.at < BELIEVED) return known.principal;
    believed.delete(identity.tokenId);
    const principal = await check(identity);
    forgetOld();
    believed.set(identity.tokenId, { at: now(), principal });
    return principal;
  }

  async function check(identity: Identity): Promise<Principal> {
    const [state, revoked] = await answered(
      Promise.all([
        states.read(identity.adminId),
        database.read(live.revokedToken(identity.tokenId)),
      ]),
    );
    if (!state || state.disabled || revoked.value !== null) throw unauthorized();
    if (identity.issuedAt < state.not_before) throw unauthorized();
    return {
      adminId: identity.adminId,
      companyId: state.company_id,
      role: state.role,
      tokenId: identity.tokenId,
      tokenExpiresAt: identity.expiresAt,
    };
  }

  /** Insertion order is age: the first that is still believed ends the search. */
  function forgetOld(): void {
    for (const [tokenId, { at }] of believed) {
      if (now() - at < BELIEVED) return;
      believed.delete(tokenId);
    }
  }

  return { admit };
}

async function answered<T>(reading: Promise<T>): Promise<T> {
  try {
    return await within(PATIENCE, reading);
  } catch (cause) {
    throw new AuroraError(
      503,
      'unavailable',
      'Whether you may do this could not be looked up. Try again in a few seconds.',
      { cause },
    );
  }
}

function bearer(authorization: string | undefined): string {
  const token = /^Bearer +([^\s]+) *$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw unauthorized();
  return token;
}
