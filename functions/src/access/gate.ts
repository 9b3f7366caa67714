import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { within } from '../within.ts';
import type { AdminRole } from './admin-record.ts';
import type { AdminStates } from './admin-state.ts';
import type { Companies } from './companies.ts';
import { type Identity, type Tokens, unauthorized } from './tokens.ts';

/** Somebody who has signed in, with what they may do at this moment. */
export interface Principal {
  adminId: string;
  companyId: string;
  role: AdminRole;
  /** Runs this installation. */
  operator: boolean;
  tokenId: string;
  /** Epoch milliseconds. */
  tokenIssuedAt: number;
  /** Epoch milliseconds. */
  tokenExpiresAt: number;
}

export interface Gate {
  /**
   * Lets in whoever holds a valid token. A `read` may rest on an answer of the last 10 seconds; a
   * `change` is checked anew. Throws 401 `unauthorized`, 403 `totp_setup_required` where the company
   * asks for a second factor and there is none (unless `withoutTotp`), or 503 when nobody can say.
   */
  admit(
    authorization: string | undefined,
    purpose: 'read' | 'change',
    options?: { withoutTotp?: boolean },
  ): Promise<Principal>;
  /** For whoever has just revoked a token, or changed what somebody may do, on this instance. */
  forget(tokenId: string): void;
  forgetAdmin(adminId: string): void;
}

/** Milliseconds for which it is believed that somebody may come in. */
const BELIEVED = 10_000;

/** Milliseconds that the Realtime Database is given to answer. */
const PATIENCE = 1_000;

export interface GateOptions {
  tokens: Tokens;
  states: AdminStates;
  /** Asked for those who have no second factor; itself believed for 10 seconds. */
  companies: Pick<Companies, 'of'>;
  database: Pick<LiveDatabase, 'read'>;
  /** Epoch milliseconds. */
  now: () => number;
}

interface Checked {
  principal: Principal;
  /** Whether a second factor is set up. */
  totp: boolean;
}

export function createGate({ tokens, states, companies, database, now }: GateOptions): Gate {
  const believed = new Map<string, Checked & { at: number }>();
  /** Grows with everything that is forgotten: what was being read meanwhile is not believed. */
  let forgotten = 0;

  async function admit(
    authorization: string | undefined,
    purpose: 'read' | 'change',
    { withoutTotp = false } = {},
  ): Promise<Principal> {
    const identity = tokens.verify(bearer(authorization));
    const known = believed.get(identity.tokenId);
    if (purpose === 'read' && known && now() - known.at < BELIEVED) {
      if (withoutTotp || !(await lacksTotp(known))) return known.principal;
    }
    believed.delete(identity.tokenId);
    const before = forgotten;
    const checked = await check(identity);
    forgetOld();
    if (before === forgotten) believed.set(identity.tokenId, { ...checked, at: now() });
    if (!withoutTotp && (await lacksTotp(checked))) throw totpSetupRequired();
    return checked.principal;
  }

  async function lacksTotp({ principal, totp }: Checked): Promise<boolean> {
    if (totp) return false;
    return (await answered(companies.of(principal.companyId))).require_totp;
  }

  async function check(identity: Identity): Promise<Checked> {
    const [state, revoked] = await answered(
      Promise.all([
        states.read(identity.adminId),
        database.read(live.revokedToken(identity.tokenId)),
      ]),
    );
    if (!state || state.disabled || revoked.value !== null) throw unauthorized();
    if (identity.issuedAt < state.not_before) throw unauthorized();
    const principal = {
      adminId: identity.adminId,
      companyId: state.company_id,
      role: state.role,
      operator: state.operator,
      tokenId: identity.tokenId,
      tokenIssuedAt: identity.issuedAt,
      tokenExpiresAt: identity.expiresAt,
    };
    return { principal, totp: state.totp };
  }

  /** Insertion order is age: the first that is still believed ends the search. */
  function forgetOld(): void {
    for (const [tokenId, { at }] of believed) {
      if (now() - at < BELIEVED) return;
      believed.delete(tokenId);
    }
  }

  function forget(tokenId: string): void {
    forgotten++;
    believed.delete(tokenId);
  }

  function forgetAdmin(adminId: string): void {
    forgotten++;
    for (const [tokenId, { principal }] of believed) {
      if (principal.adminId === adminId) believed.delete(tokenId);
    }
  }

  return { admit, forget, forgetAdmin };
}

function totpSetupRequired(): AuroraError {
  return new AuroraError(
    403,
    'totp_setup_required',
    'Your company asks for a second factor. Set one up with POST /api/me/totp, then go on.',
  );
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
