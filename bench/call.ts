import { conversationId, messageId } from '../functions/src/calls/ids.ts';
import type { CallEvent, CallStarted, Role } from '../functions/src/calls/model.ts';
import { isoInZone } from '../functions/src/calls/times.ts';

const ZONE = 'Asia/Kolkata';
const SENTENCE =
  'There is smoke coming out of the boiler room on the second floor and I cannot see the door.';

/** One voice call whose turns are all of one size: numbers in them have a fixed number of digits. */
export interface BenchCall {
  started: CallStarted;
  /** The two batches of a turn: the caller's words, then the reply. `turn` counts from 1. */
  turn(turn: number): [CallEvent[], CallEvent[]];
  /** What Twilio's status callback makes: it knows the CallSid alone. */
  ended(): CallEvent;
}

/** The n-th call; the first turn raises it to CRITICAL. `startedAt` in epoch milliseconds. */
export function benchCall(n: number, startedAt: number): BenchCall {
  const at = (seconds: number) => isoInZone(startedAt + seconds * 1_000, ZONE);
  const sid = `CA${n.toString(16).padStart(32, '0')}`;
  const digits = at(0).replace(/\D/g, '');
  const call_id = `call_1555${String(n).padStart(7, '0')}_${digits.slice(0, 8)}_${digits.slice(8, 14)}_${sid.slice(-6)}`;
  const started: CallStarted = {
    type: 'call_started',
    call_id,
    conversation_id: conversationId(call_id),
    at: at(0),
    worker_id: 'unknown',
    mobile_no: `+1555${String(n).padStart(7, '0')}`,
    medium: 'Voice',
    company_id: 'demo',
    call_sid: sid,
  };
  return {
    started,
    turn(turn) {
      const said = (role: Role, seconds: number): CallEvent => ({
        type: 'message_added',
        call_id,
        message: {
          id: messageId({ n: turn, random: 'abcdef0123' }, role),
          role,
          content: `${SENTENCE} (${String(turn).padStart(6, '0')})`,
          timestamp: at(seconds),
          sources: role === 'user' ? '' : 'Fire; Evacuation',
        },
      });
      const reply: CallEvent[] = [started, said('assistant', 10 * turn + 1)];
      const by = { kind: 'aurora' as const, turn, at: at(10 * turn + 1) };
      if (turn === 1) reply.push({ type: 'urgency_changed', call_id, urgency: 'CRITICAL', by });
      return [[started, said('user', 10 * turn)], reply];
    },
    ended: () => ({ type: 'call_ended', call_sid: sid, at: at(3_000), end_reason: 'completed' }),
  };
}
