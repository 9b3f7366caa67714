import { CALL_ID } from '../calls/ids.ts';
import { Call } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { instant } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { sideBySide } from '../upkeep/side-by-side.ts';
import { isBehind } from './behind.ts';
import type { Holding } from './holding.ts';
import { isBeingTold } from './messages.ts';

/** Calls that are looked after at a time. */
const AT_ONCE = 5;
/** Milliseconds for which whoever did something is left to finish it. */
const UNDER_WAY = 20_000;
/** Milliseconds after a lapse for which people are fetched who were not. */
const STILL_OF_USE = 10 * 60_000;

export interface LookAfterOptions {
  database: Pick<LiveDatabase, 'read'>;
  holding: Pick<Holding, 'lapse' | 'sendOn'>;
  pageNext: (callId: string) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * What nobody has noticed: leases that have lapsed without a turn of the caller, callers whom Twilio
 * did not send on, messages that were not spoken, and people whom a crash kept from being paged.
 * Resolves to how much there was to do.
 */
export function createLookAfter({ database, holding, pageNext, now, log }: LookAfterOptions) {
  return async function lookAfter(): Promise<number> {
    const { value } = await database.read(live.calls);
    let done = 0;
    await sideBySide(activeCalls(value), AT_ONCE, async ([callId, call]) => {
      try {
        if (await lookAt(callId, call)) done++;
      } catch (thrown) {
        log.error('A call that a supervisor had could not be looked after; it is tried again.', {
          call_sid: call.call_sid,
          error: asError(thrown),
        });
      }
    });
    return done;
  };

  async function lookAt(callId: string, call: Call): Promise<boolean> {
    if (call.owner?.kind === 'supervisor' && !isHeld(call, now())) {
      if (!(await holding.lapse(callId))) return false;
      await holding.sendOn(callId);
      return true;
    }
    const isUnpaged = lapsedUnpaged(call);
    if (isUnpaged) await pageNext(callId);
    const isToBeSent = call.medium === 'Voice' && (isLeftBehind(call) || hasUnspoken(call));
    if (isToBeSent) await holding.sendOn(callId);
    return isUnpaged || isToBeSent;
  }

  function isLeftBehind(call: Call): boolean {
    const changed = entriesOf(call).filter(({ epoch }) => epoch === (call.owner?.epoch ?? -1));
    return isBehind(call, now()) && changed.some(isLongAgo);
  }

  /** A caller who is joined with a supervisor is told by them. */
  function hasUnspoken(call: Call): boolean {
    if (call.owner?.leg !== undefined) return false;
    return entriesOf(call).some(
      (entry) =>
        entry.step === 'message_sent' &&
        entry.other !== undefined &&
        isLongAgo(entry) &&
        call.heard_messages?.[entry.other] === undefined &&
        !isBeingTold(call, entry.other),
    );
  }

  function lapsedUnpaged(call: Call): boolean {
    const entries = entriesOf(call);
    const lapse = entries.find(
      ({ step, epoch }) => step === 'lease_lapsed' && epoch === call.owner?.epoch,
    );
    if (!lapse || !isLongAgo(lapse) || now() - instant(lapse.at) > STILL_OF_USE) return false;
    return !entries.some(
      ({ step, at }) => step.startsWith('page_') && instant(at) >= instant(lapse.at),
    );
  }

  function isLongAgo({ at }: TimelineEntry): boolean {
    return now() - instant(at) >= UNDER_WAY;
  }
}

function entriesOf({ timeline }: Call): TimelineEntry[] {
  return Object.values(timeline ?? {});
}

function activeCalls(value: unknown): (readonly [string, Call])[] {
  return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([callId, known]) => {
    if (!CALL_ID.test(callId) || !mayNeedSomebody(known)) return [];
    const call = Call.safeParse(known);
    return call.success && call.data.status === 'ACTIVE' ? [[callId, call.data] as const] : [];
  });
}

/** Most calls were never taken over, nor written to: they are not even parsed. */
function mayNeedSomebody(value: unknown): boolean {
  const { owner, timeline } = (value ?? {}) as { owner?: unknown; timeline?: unknown };
  return owner !== undefined || timeline !== undefined;
}
