import type { Database } from 'firebase-admin/database';
import { AdminState } from '../access/admin-state.ts';
import type { Principal } from '../access/gate.ts';
import { AuroraError } from '../errors.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { within } from '../within.ts';
import { type Observed, observeValue } from './observed.ts';
import { createShared, type Lease } from './shared.ts';
import { type Standing, tokenAccess } from './token-access.ts';
import type { CompanyWatches } from './watched-company.ts';

export interface WatchedAccess {
  /**
   * What this token opens, as it changes; its first value is known. Throws 503 `unavailable` when
   * nobody can say.
   */
  open(principal: Principal): Promise<Lease<Observed<Standing>>>;
  /** How many tokens are listened for. */
  running(): number;
}

/** Milliseconds that the databases are given to say who somebody is. */
const PATIENCE = { realtimeDatabase: 1_000, firestore: 5_000 };

export interface WatchedAccessOptions {
  database: Database;
  companies: CompanyWatches;
  /** Epoch milliseconds. */
  now: () => number;
  /** Milliseconds. */
  linger: number;
  log: Log;
}

/**
 * Listens to all that decides about open streams: the admin's state, the token's revocation and
 * expiry, the company's policy, and who is assigned to whom (I6). Each is listened to once per
 * instance, however many streams hang on it.
 */
export function createWatchedAccess(options: WatchedAccessOptions): WatchedAccess {
  const { database, companies, linger, log } = options;
  const states = createShared({
    key: (adminId: string) => adminId,
    start: (adminId) => observeValue(database, live.adminState(adminId), parseState, log),
    linger,
  });
  const tokens = createShared({
    key: ({ tokenId }: Principal) => tokenId,
    start: (principal) => {
      const state = states.acquire(principal.adminId);
      const revoked = observeValue(
        database,
        live.revokedToken(principal.tokenId),
        (value) => value !== null,
        log,
      );
      const company = companies.settings(principal.companyId);
      const access = tokenAccess(
        principal,
        {
          state: state.value,
          revoked: revoked.value,
          company: company.value,
          workers: () => companies.workersOf(principal),
        },
        options,
      );
      const known = Promise.all([state.value.first, revoked.value.first]);
      return {
        value: { standing: access.value, known },
        isSpent: access.isSpent,
        stop() {
          for (const { stop } of [access, revoked]) stop();
          for (const { release } of [state, company]) release();
        },
      };
    },
    linger,
  });

  return {
    running: tokens.running,
    async open(principal) {
      const { value, release } = tokens.acquire(principal);
      try {
        await within(PATIENCE.realtimeDatabase, value.known);
        await within(PATIENCE.firestore, value.standing.first);
        return { value: value.standing, release };
      } catch (cause) {
        release();
        throw unavailable(cause);
      }
    },
  };
}

function parseState(value: unknown): AdminState | null {
  return AdminState.safeParse(value).data ?? null;
}

/** 503: what a stream needs to begin can't be read. */
export function unavailable(cause: unknown): AuroraError {
  return new AuroraError(
    503,
    'unavailable',
    'The stream cannot be opened at this moment. Try again in a few seconds.',
    { cause },
  );
}
