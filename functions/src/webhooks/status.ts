import type { CallEvent } from '../calls/model.ts';
import type { Journal } from '../journal/journal.ts';
import { type StatusParameters, TERMINAL } from './parameters.ts';

export interface StatusOptions {
  journal: Pick<Journal, 'callIdOf' | 'append'>;
  outbox: { send(events: readonly CallEvent[], receipt?: number): Promise<boolean> };
  /** An instant (epoch milliseconds) as ISO 8601 in the default zone. */
  timestamp: (epochMs: number) => string;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Ends a call. The call is never looked up here: the event carries Twilio's id, and the mirror
 * finds the call, and tries again while the call is not known yet. Only the worker's own leg ends a
 * call. Resolves to whether the end is durable.
 */
export function createStatus({ journal, outbox, timestamp, now }: StatusOptions) {
  return async function callStatus(parameters: StatusParameters): Promise<boolean> {
    const { CallSid, CallStatus, ParentCallSid } = parameters;
    if (ParentCallSid || !TERMINAL.has(CallStatus)) return true;
    const callId = journal.callIdOf(CallSid);
    const ended: CallEvent = {
      type: 'call_ended',
      call_sid: CallSid,
      ...(callId === undefined ? {} : { call_id: callId }),
      at: timestamp(endOf(parameters) ?? now()),
      end_reason: CallStatus,
    };
    return outbox.send([ended], append(ended));
  };

  /** The local copy is of use, not of need: the task carries the event all the same. */
  function append(event: CallEvent): number | undefined {
    try {
      return journal.append([event]);
    } catch {
      return undefined;
    }
  }
}

function endOf({ Timestamp }: StatusParameters): number | undefined {
  const at = Date.parse(Timestamp ?? '');
  return Number.isNaN(at) ? undefined : at;
}
