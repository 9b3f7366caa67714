import type { z } from 'zod';
import { type AdminRole, RANKS } from '../../access/admin-record.ts';
import type { Principal } from '../../access/gate.ts';
import type { Viewers } from '../../access/viewers.ts';
import { callNotFound, maySee } from '../../access/visibility.ts';
import { CALL_ID } from '../../calls/ids.ts';
import type { Call } from '../../calls/model.ts';
import { isHeld } from '../../calls/owner.ts';
import { AuroraError, isRetryable } from '../../errors.ts';
import { callOver, taken } from '../../holding/refusals.ts';
import { internal } from '../answer-error.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import type { SignedInAsked } from '../route.ts';
import { answerWith, type CallDesk, type callParams, type OneCall } from './one-call.ts';
import { recorded } from './record-events.ts';

export interface TakeoverDeskOptions {
  desk: CallDesk;
  audit: Pick<Audit, 'record'>;
  viewers: Viewers;
  /** Undefined where it is not live. */
  liveCall: (callId: string) => Promise<Call | undefined>;
  /** A supervisor of the company. */
  colleague: (companyId: string, adminId: string) => Promise<Colleague | undefined>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Somebody of the same company. */
export interface Colleague {
  name: string;
  role: AdminRole;
  disabled: boolean;
}

/** What every act of a takeover begins and ends with: who may, what is noted, what is told. */
export function createTakeoverDesk(options: TakeoverDeskOptions) {
  const { desk, audit, now } = options;

  /** The entry, the deed, and the call as it is then. What is refused at once is not recorded. */
  async function act(
    asked: SignedInAsked<z.output<typeof callParams>>,
    action: `call.${string}`,
    after: Record<string, unknown>,
    work: (call: OneCall) => Promise<void>,
    from?: string,
    check: () => Promise<void> = async () => {},
  ) {
    const { principal, params } = asked;
    const call = await opened(principal, params.call_id, from);
    await check();
    await note(asked, call, action, after);
    await named(principal, () => work(call));
    return answerWith(await desk.open(principal, call.call_id));
  }

  /** A call on which they may speak, as far as can be seen now; `from` may be the one who does. */
  async function opened(principal: Principal, callId: string, from?: string): Promise<OneCall> {
    const call = await desk.open(principal, callId);
    if (call.status !== 'ACTIVE') throw callOver();
    const owner = call.owner ?? undefined;
    const isOthers = owner?.id !== principal.adminId && owner?.id !== from;
    if (owner && isOthers && isHeld({ owner }, now())) {
      await named(principal, async () => {
        throw taken(owner);
      });
    }
    return call;
  }

  /** For what is asked every few seconds: the live call alone is read. */
  async function seen(principal: Principal, callId: string): Promise<void> {
    if (!CALL_ID.test(callId)) throw callNotFound();
    const [viewer, call] = await Promise.all([
      available(options.viewers.of(principal)),
      available(options.liveCall(callId)),
    ]);
    if (!maySee(viewer, call)) throw callNotFound();
  }

  async function note(
    asked: Pick<SignedInAsked, 'principal' | 'origin'>,
    { call_id, owner }: OneCall,
    action: `call.${string}`,
    after: Record<string, unknown>,
  ): Promise<void> {
    const entry = { action, target: call_id, before: { owner }, after } as const;
    await recorded(audit, { ...doer(asked), ...entry });
  }

  /** Says by name who has the call instead. */
  async function named<T>(principal: Principal, work: () => Promise<T>): Promise<T> {
    try {
      return await told(work());
    } catch (thrown) {
      if (!(thrown instanceof AuroraError) || thrown.code !== 'taken') throw thrown;
      const holder = thrown.details.holder as { admin_id: string | null };
      const id = holder.admin_id ?? '';
      const other = await options.colleague(principal.companyId, id).catch(() => undefined);
      if (!other) throw thrown;
      throw new AuroraError(
        409,
        'taken',
        `${other.name} has this call. Ask them to transfer it to you.`,
        { details: { holder: { ...holder, name: other.name } } },
      );
    }
  }

  async function mayAct({ companyId }: Principal, adminId: string): Promise<void> {
    const other = await told(options.colleague(companyId, adminId));
    if (!other || other.disabled || RANKS.indexOf(other.role) < RANKS.indexOf('supervisor')) {
      throw nobodyToTakeIt();
    }
  }

  return { act, opened, seen, note, named, told, mayAct };
}

/** A database's own status never reaches the client: its 401 would be read as ours. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof AuroraError && cause.status === 409) throw cause;
    if (!isRetryable(cause)) throw internal(cause);
    throw new AuroraError(
      503,
      'unavailable',
      'It is not known whether this was done. Read the call in a few seconds, then decide.',
      { cause },
    );
  }
}

function nobodyToTakeIt(): AuroraError {
  return new AuroraError(
    409,
    'no_such_supervisor',
    'Nobody of your company who may act on calls has this id. Look them up under /api/admins.',
  );
}
