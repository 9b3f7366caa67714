import { CALL_ID } from '../calls/ids.ts';
import { Call, type CallEnded, type CallEvent } from '../calls/model.ts';
import { instant, isoInZone, zoneOf } from '../calls/times.ts';
import { AuroraError, asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { isOver, type TwilioCallState, type TwilioCalls } from '../twilio/calls.ts';
import { sideBySide } from './side-by-side.ts';

/** Questions in one run, and how many are asked at once: at worst a run waits for 50 seconds. */
const MOST_QUESTIONS = 50;
const AT_ONCE = 5;
/** Milliseconds between runs, by which they take turns where there are more questions. */
const BETWEEN_RUNS = 60_000;

export interface QuietCallsOptions {
  database: LiveDatabase;
  twilio: Pick<TwilioCalls, 'state'>;
  /** The mirror's. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** Milliseconds after its last message from which a call counts as quiet. */
  quietAfter: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

type QuietCall = { callId: string; callSid: string; lastMessageAt: string };

const LiveVoiceCall = Call.pick({ call_sid: true, last_message_at: true });

/**
 * Ends calls whose end was never told: Twilio's callback got lost, or found nobody. Every live voice
 * call that has been quiet is looked up at Twilio, and only Twilio's word that this very call is
 * over ends it; whatever else comes of the question leaves it live, to be asked about again by the
 * next run. Resolves to how many calls were ended.
 */
export function createQuietCalls(options: QuietCallsOptions) {
  const { database, twilio, apply, quietAfter, now, log } = options;

  return async function endQuietCalls(): Promise<number> {
    const { value } = await database.read(live.calls);
    const quiet = quietCalls((value ?? {}) as Record<string, unknown>);
    let ended = 0;
    await sideBySide(inTurn(quiet, now()), AT_ONCE, async (call) => {
      if (await endIfOver(call)) ended++;
    });
    return ended;
  };

  /** The longest quiet first. */
  function quietCalls(calls: Record<string, unknown>): QuietCall[] {
    const quietSince = now() - quietAfter;
    let unreadable = 0;
    const quiet = Object.entries(calls).flatMap(([callId, value]) => {
      const { status, medium } = (value ?? {}) as { status?: unknown; medium?: unknown };
      if (status === 'ENDED' || medium === 'Text') return [];
      const { data } = LiveVoiceCall.safeParse(value);
      if (!CALL_ID.test(callId) || !data?.call_sid) {
        unreadable++;
        return [];
      }
      if (instant(data.last_message_at) > quietSince) return [];
      return [{ callId, callSid: data.call_sid, lastMessageAt: data.last_message_at }];
    });
    if (unreadable > 0) {
      log.error('Live voice calls without a readable CallSid and time can only be ended by hand.', {
        count: unreadable,
      });
    }
    return quiet.sort((a, b) => instant(a.lastMessageAt) - instant(b.lastMessageAt));
  }

  async function endIfOver(call: QuietCall): Promise<boolean> {
    const { callSid: call_sid } = call;
    let state: TwilioCallState | undefined;
    try {
      state = await twilio.state(call_sid);
    } catch (thrown) {
      const { status, code } = thrown instanceof AuroraError ? thrown : {};
      const error = asError(thrown);
      const message = 'Twilio did not say whether a quiet call is over; the next sweep asks again.';
      log.warn(message, { call_sid, status, code, error });
      return false;
    }
    if (state === undefined) {
      const message =
        'Twilio does not know a live call: is TWILIO_ACCOUNT_SID right? It stays live.';
      log.error(message, { call_sid, status: 404 });
      return false;
    }
    if (!isOver(state)) return false;
    try {
      await apply([endOf(call, state)]);
      return true;
    } catch (thrown) {
      const error = asError(thrown);
      log.error('A call that is over could not be ended; the next sweep tries again.', {
        call_sid,
        error,
      });
      return false;
    }
  }
}

function endOf({ callId, callSid, lastMessageAt }: QuietCall, state: TwilioCallState): CallEnded {
  const { status, endedAt } = state;
  return {
    type: 'call_ended',
    call_id: callId,
    call_sid: callSid,
    at: endedAt ? isoInZone(endedAt.getTime(), zoneOf(lastMessageAt)) : lastMessageAt,
    end_reason: `missed_callback_${status}`,
  };
}

/** Runs take turns, so that calls which Twilio never answers for don't keep others from being asked. */
function inTurn(quiet: readonly QuietCall[], now: number): readonly QuietCall[] {
  const portions = Math.max(1, Math.ceil(quiet.length / MOST_QUESTIONS));
  const first = (Math.floor(now / BETWEEN_RUNS) % portions) * MOST_QUESTIONS;
  return quiet.slice(first, first + MOST_QUESTIONS);
}
