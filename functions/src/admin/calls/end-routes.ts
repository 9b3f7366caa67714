import { z } from 'zod';
import type { CallEnded, CallEvent } from '../../calls/model.ts';
import { timelineId } from '../../calls/timeline.ts';
import { isoInZone, zoneOf } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import { isOver, type TwilioCalls } from '../../twilio/calls.ts';
import { doer } from '../audit.ts';
import { type Route, route } from '../route.ts';
import { notedBy, notes } from './notes.ts';
import { answerWith, type CallDesk, callParams, ONE_CALL, type OneCall } from './one-call.ts';
import type { RecordEvents } from './record-events.ts';

export interface EndRoutesOptions {
  desk: CallDesk;
  events: RecordEvents;
  twilio: () => Pick<TwilioCalls, 'state' | 'redirect'>;
  /** TwiML that says goodbye and hangs up. */
  goodbye: string;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Ends a call. The supervisor's note is written first, and stays whatever becomes of the rest. A text
 * conversation is over with it. A telephone call is over when Twilio says so: Twilio is told to say
 * goodbye and hang up, and its callback, or the sweep, brings the end. Nothing is written over what
 * has ended before, or is being archived at this moment: the note joins it there.
 */
export function endRoutes({ desk, events, twilio, goodbye, now }: EndRoutesOptions): Route[] {
  const end = route({
    method: 'POST',
    path: '/api/call/{call_id}/end',
    summary: 'End a call, and note what came of it',
    tag: 'Calls',
    access: 'supervisor',
    params: callParams,
    body: z.strictObject(notes),
    answers: {
      200: { ...ONE_CALL, description: 'The call is over. It may have been before.' },
      202: {
        ...ONE_CALL,
        description: 'Twilio says goodbye and hangs up. The call ends when it tells so.',
      },
    },
    async handle(asked) {
      const { principal, body } = asked;
      const call = await desk.open(principal, asked.params.call_id);
      const noted = notedBy(principal.adminId, call, body, now());
      const isAlreadyOver = call.status !== 'ACTIVE';
      if (noted || !isAlreadyOver) {
        const { status, final_action, admin_notes } = call;
        const before = { status, final_action, admin_notes };
        const entry = { action: 'call.end', target: call.call_id, before, after: body } as const;
        await events.record({
          callId: call.call_id,
          entry: { ...doer(asked), ...entry },
          events: noted ? [noted] : [],
        });
      }
      const status = isAlreadyOver ? 200 : await finish(call, principal.adminId);
      return answerWith(await desk.open(principal, call.call_id), status);
    },
  });

  async function finish(call: OneCall, by: string): Promise<200 | 202> {
    if (call.medium === 'Voice' && call.call_sid !== null) return hangUp(call, call.call_sid, by);
    await events.apply(call.call_id, [ended(call, now(), 'ended_by_supervisor')]);
    return 200;
  }

  async function hangUp(call: OneCall, callSid: string, by: string): Promise<200 | 202> {
    if (await answered(twilio().redirect(callSid, goodbye))) {
      // Whoever was told goodbye is not called back; where this can't be written they may be.
      await events.apply(call.call_id, [endedBy(call, by, now())]).catch(() => undefined);
      return 202;
    }
    const state = await answered(twilio().state(callSid));
    if (!state || !isOver(state)) throw notInProgress();
    const at = state.endedAt?.getTime() ?? now();
    await events.apply(call.call_id, [ended(call, at, `missed_callback_${state.status}`)]);
    return 200;
  }

  return [end];
}

function ended({ call_id, timestamp }: OneCall, at: number, end_reason: string): CallEnded {
  return { type: 'call_ended', call_id, at: isoInZone(at, zoneOf(timestamp)), end_reason };
}

function endedBy({ call_id, timestamp }: OneCall, by: string, epochMs: number): CallEvent {
  const at = isoInZone(epochMs, zoneOf(timestamp));
  const id = timelineId(call_id, 'ended', by);
  return { type: 'timeline_added', call_id, id, entry: { at, step: 'ended', by } };
}

/** Twilio's own status never reaches the client: its 401 would be read as ours. */
async function answered<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (cause) {
    throw new AuroraError(
      503,
      'twilio_away',
      'Twilio did not take it that the call is to end, so the caller may still be there. What you noted is kept. Try again in a few seconds.',
      { cause },
    );
  }
}

function notInProgress(): AuroraError {
  return new AuroraError(
    409,
    'not_in_progress',
    'Twilio says neither that this call is in progress nor that it is over. What you noted is kept. Try again in a few seconds; if it stays so, TWILIO_ACCOUNT_SID may be wrong.',
  );
}
