import type { AdminState } from '../access/admin-state.ts';
import type { Company } from '../access/companies.ts';
import type { Principal } from '../access/gate.ts';
import type { Viewer } from '../access/visibility.ts';
import type { Log } from '../log.ts';
import { createObserved, type Observed } from './observed.ts';
import type { Lease, Running } from './shared.ts';

/** Why a stream that is open is closed, as its `error` event tells it. */
export interface Refusal {
  code: 'unauthorized' | 'token_expired' | 'totp_setup_required' | 'unavailable';
  message: string;
}

const UNAUTHORIZED: Refusal = {
  code: 'unauthorized',
  message: 'You were signed out, or may not watch calls any more. Sign in again.',
};
const TOKEN_EXPIRED: Refusal = {
  code: 'token_expired',
  message: 'Your token has expired. Sign in again and go on from the last id.',
};
const TOTP_SETUP_REQUIRED: Refusal = {
  code: 'totp_setup_required',
  message: 'Your company asks for a second factor. Set one up with POST /api/me/totp, then go on.',
};

const UNAVAILABLE: Refusal = {
  code: 'unavailable',
  message: 'Whether you may watch cannot be looked up. Open the stream again with the last id.',
};

/** What a token opens at this moment. */
export type Standing =
  | { viewer: Viewer; refusal?: undefined }
  | { refusal: Refusal; viewer?: undefined };

/** All that decides about a token's streams, as it changes. */
export interface TokenSources {
  /** `null` for somebody who is not there (any more). */
  state: Observed<AdminState | null>;
  revoked: Observed<boolean>;
  company: Observed<Company>;
  /** Asked for only under a policy that looks at it. */
  workers(): Lease<Observed<ReadonlySet<string>>>;
}

/** Milliseconds for which a change of policy or role waits to learn who is assigned to whom. */
const WORKERS_PATIENCE = 5_000;

/** The longest delay that a timer of Node takes, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

const NO_WORKERS: ReadonlySet<string> = new Set();

/**
 * Joins all that is listened to for a token into one standing, which changes with any of it. Nothing
 * is said before everything is known that it takes.
 */
export function tokenAccess(
  principal: Principal,
  sources: TokenSources,
  { now, log }: { /** Epoch milliseconds. */ now: () => number; log: Log },
): Running<Observed<Standing>> {
  const standing = createObserved<Standing>();
  let workers: Lease<Observed<ReadonlySet<string>>> | undefined;
  let overdue: NodeJS.Timeout | undefined;
  let areOverdue = false;

  function look(): void {
    const state = sources.state.now();
    const company = sources.company.now();
    const revoked = sources.revoked.now();
    if (sources.state.isBroken() || sources.revoked.isBroken()) {
      standing.set({ refusal: UNAVAILABLE });
      return;
    }
    if (state === undefined || company === undefined || revoked === undefined) return;
    const refusal = refusalOf(state, company, revoked);
    const viewer = refusal ? undefined : viewerOf(state as AdminState, company);
    if (refusal) standing.set({ refusal });
    else if (viewer) standing.set({ viewer });
  }

  function refusalOf(
    state: AdminState | null,
    company: Company,
    revoked: boolean,
  ): Refusal | undefined {
    if (principal.tokenExpiresAt <= now()) return TOKEN_EXPIRED;
    if (!state || state.disabled || revoked) return UNAUTHORIZED;
    if (state.company_id !== principal.companyId) return UNAUTHORIZED;
    if (principal.tokenIssuedAt < state.not_before) return UNAUTHORIZED;
    return company.require_totp && !state.totp ? TOTP_SETUP_REQUIRED : undefined;
  }

  function viewerOf({ role }: AdminState, { visibility }: Company): Viewer | undefined {
    const isAsked = visibility === 'own' && role !== 'company_admin';
    const workers = isAsked ? assignedWorkers() : NO_WORKERS;
    const { adminId, companyId } = principal;
    return workers && { adminId, companyId, role, visibility, workers };
  }

  /** Undefined while it is not known: what was seen before is seen so long, but not forever. */
  function assignedWorkers(): ReadonlySet<string> | undefined {
    if (!workers) {
      workers = sources.workers();
      stops.push(workers.value.onChange(look), workers.release);
      overdue = setTimeout(() => {
        if (workers?.value.now()) return;
        log.error('Who is assigned to whom could not be read: open streams show nobody assigned.');
        areOverdue = standing.now() !== undefined;
        look();
      }, WORKERS_PATIENCE);
    }
    return workers.value.now() ?? (areOverdue ? NO_WORKERS : undefined);
  }

  const stops = [
    sources.state.onChange(look),
    sources.revoked.onChange(look),
    sources.company.onChange(look),
  ];
  const untilExpiry = principal.tokenExpiresAt - now() + 1;
  const expiry = setTimeout(look, Math.min(LONGEST_TIMER, Math.max(1, untilExpiry)));
  look();
  return {
    value: standing,
    isSpent: () => standing.now()?.refusal !== undefined,
    stop() {
      clearTimeout(expiry);
      clearTimeout(overdue);
      for (const stop of stops) stop();
    },
  };
}
