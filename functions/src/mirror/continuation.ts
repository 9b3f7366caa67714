import { conversationId } from '../calls/ids.ts';
import type { CallEvent } from '../calls/model.ts';
import type { PastCall } from '../calls/past-call.ts';
import { instant } from '../calls/times.ts';
import type { KnownCallEvent } from './resolve.ts';

/**
 * Milliseconds after a call's end within which words still belong to it: the caller may hang up
 * while a turn is under way, and Twilio tells the end to the second.
 */
const LAST_WORDS = 30_000;

/**
 * Whether the person is still there: a batch holds words that nobody has seen and that were said
 * well after the end. A repeated turn is known by its ids, a late task by when its words were said;
 * neither opens a call.
 */
export function goesOn(events: readonly CallEvent[], past: PastCall): boolean {
  const end = instant(past.endedAt) + LAST_WORDS;
  return events.some(
    (event) =>
      event.type === 'message_added' &&
      instant(event.message.timestamp) > end &&
      !past.messageIds.has(event.message.id),
  );
}

/** Whether the batch ends a call a second time, well after its end: of use to a continuation only. */
export function endsAgain(events: readonly CallEvent[], past: PastCall): boolean {
  const end = instant(past.endedAt) + LAST_WORDS;
  return events.some((event) => event.type === 'call_ended' && instant(event.at) > end);
}

/**
 * The id of the call that continues a call: one second later, and so the same one however often,
 * and on whatever instance, it is worked out.
 */
export function continuationOf(callId: string): string {
  const parts = callId.split('_');
  const [date, time] = parts.slice(-3) as [string, string];
  const iso = `${date}${time}`.replace(/^(.{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z');
  const next = new Date(Date.parse(iso) + 1_000).toISOString().replace(/[-:TZ]|\.\d+/g, '');
  return [...parts.slice(0, -3), next.slice(0, 8), next.slice(8), ...parts.slice(-1)].join('_');
}

/** The same events, as those of the call that continues theirs. */
export function asContinuation(
  events: readonly KnownCallEvent[],
  callId: string,
  past: PastCall,
): { callId: string; events: KnownCallEvent[] } {
  const next = continuationOf(callId);
  return {
    callId: next,
    events: events.map((event) =>
      event.type === 'call_started'
        ? {
            ...event,
            call_id: next,
            conversation_id: conversationId(next),
            at: past.endedAt,
            continues: callId,
          }
        : { ...event, call_id: next },
    ),
  };
}
