import type { Call, CallEvent } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import type { CallState } from '../calls/reduce.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { isOver, type TwilioCalls } from '../twilio/calls.ts';
import { type Link, writeLink } from '../webhooks/link.ts';
import type { SentOn } from './holding.ts';
import type { Lines } from './lines.ts';
import { type Onward, onward } from './onward.ts';

export interface SendOnOptions {
  publicBaseUrl: string;
  readState: (callId: string) => Promise<CallState>;
  lines: Lines;
  twilio: () => Pick<TwilioCalls, 'redirect' | 'state'>;
  /** The mirror's. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /**
   * Sends the caller to where a supervisor's joined leg is. False, or absent, where that can't be:
   * the caller is held on their own line then.
   */
  toLeg?: ((callId: string) => Promise<boolean>) | undefined;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Sends the caller's leg to wherever the owner of the call says. Only the worker's own telephone call
 * is redirected, never a leg of anybody else. Never rejects: a caller whom Twilio does not send on
 * learns of the owner by their next turn, and the schedule tries again.
 */
export function createSendOn(options: SendOnOptions) {
  const { publicBaseUrl, readState, lines, apply, now, log } = options;

  return async function sendOn(callId: string): Promise<SentOn> {
    let callSid: string | undefined;
    try {
      const state = await readState(callId);
      const { call } = state;
      if (call?.status !== 'ACTIVE') return 'over';
      if (call.medium !== 'Voice' || call.call_sid === undefined) return 'waiting';
      callSid = call.call_sid;
      if (isWithLeg(call, now()) && (await options.toLeg?.(callId))) return 'sent';
      const offered = await lines.linkOf(callId, call);
      const turn = lines.insteadOf(offered, state);
      const to = onward({ publicBaseUrl, state, offered, turn, now: now() });
      return await redirect(callId, call, callSid, to);
    } catch (thrown) {
      log.warn('A caller could not be sent on; their next turn learns who has the call.', {
        call_sid: callSid,
        error: asError(thrown),
      });
      return 'waiting';
    }
  };

  async function redirect(
    callId: string,
    call: Call,
    callSid: string,
    { twiml, link }: Onward,
  ): Promise<SentOn> {
    const twilio = options.twilio();
    if (await twilio.redirect(callSid, twiml)) {
      await noteLine(callId, call, link);
      return 'sent';
    }
    const state = await twilio.state(callSid);
    if (!state || !isOver(state)) return 'waiting';
    const at = isoInZone(state.endedAt?.getTime() ?? now(), zoneOf(call.timestamp));
    const end_reason = `missed_callback_${state.status}`;
    await apply([{ type: 'call_ended', call_id: callId, at, end_reason }]);
    return 'over';
  }

  /** Without it the next one who sends the caller on starts from the turn before, under a new token. */
  async function noteLine(callId: string, call: Call, link: Link): Promise<void> {
    const line = { epoch: link.epoch, turn: link.turn.n, link: writeLink(link) };
    const at = isoInZone(now(), zoneOf(call.timestamp));
    try {
      await apply([{ type: 'line_moved', call_id: callId, at, line }]);
    } catch (thrown) {
      log.warn('Where a line is could not be noted; the caller was sent on all the same.', {
        call_sid: call.call_sid,
        error: asError(thrown),
      });
    }
  }
}

function isWithLeg(call: Call, now: number): boolean {
  return isHeld(call, now) && call.owner?.leg !== undefined;
}
