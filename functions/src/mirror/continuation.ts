import { conversationId } from '../calls/ids.ts';
import type { CallEvent, MessageAdded } from '../calls/model.ts';
import type { PastCall } from '../calls/past-call.ts';
import { instant } from '../calls/times.ts';
import type { KnownCallEvent } from './resolve.ts';

/**
 * Milliseconds after a call's end within which words still belong to it: the caller may hang up
 * while a turn is under way, and Twilio tells the end to the second.
 */
const LAST_WORDS = 30_000;

/**
 * Whether the person is still there: a batch holds the caller's words of a turn that nobody has
 * seen, said well after the end. A repeated turn is known by its token, a late task by when its
 * words were said. A reply alone opens no call: a frozen instance may make one much later.
 */
export function goesOn(events: readonly CallEvent[], past: PastCall): boolean {
  return events.some(
    (event) =>
      event.type === 'message_added' && event.message.role === 'user' && isNew(event, past),
  );
}

/**
 * Whether the batch is of use to a continuation, where there is one: a reply, another end, or that
 * the caller was told what a supervisor wrote there.
 */
export function followsOn(events: readonly CallEvent[], past: PastCall): boolean {
  return events.some(
    (event) =>
      (event.type === 'message_added' && isNew(event, past)) ||
      (event.type === 'message_heard' && !past.messageIds.has(event.message_id)) ||
      (event.type === 'call_ended' && isAfter(event.at, past)),
  );
}

/** Ids of messages that the past call does not have. */
export function unseenMessages(events: readonly CallEvent[], past: PastCall): string[] {
  return events.flatMap((event) =>
    event.type === 'message_added' && !past.messageIds.has(event.message.id)
      ? [event.message.id]
      : [],
  );
}

function isNew({ message }: MessageAdded, past: PastCall): boolean {
  const token = tokenOf(message.id);
  return (
    isAfter(message.timestamp, past) && ![...past.messageIds].some((id) => tokenOf(id) === token)
  );
}

function isAfter(time: string, { endedAt }: PastCall): boolean {
  return instant(time) > instant(endedAt) + LAST_WORDS;
}

/** A message's id without its rank: the same for all messages of one turn. */
function tokenOf(messageId: string): string {
  return messageId.slice(0, messageId.lastIndexOf('-'));
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
