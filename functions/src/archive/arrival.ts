import { mergeCalls } from '../calls/merge.ts';
import type { Call, CallEvent, Message } from '../calls/model.ts';
import { callFrom, foldCall } from '../calls/reduce.ts';
import { later } from '../calls/times.ts';

/** What is brought into the archive: a live copy, late events, or both. */
export interface Arrival {
  call?: Call | undefined;
  messages?: readonly Message[];
  events?: readonly CallEvent[];
}

/** All words that have arrived; of one id the live copy's come first. */
export function messagesOf({ messages = [], events = [] }: Arrival): Message[] {
  return [
    ...messages,
    ...events.flatMap((event) => (event.type === 'message_added' ? [event.message] : [])),
  ];
}

/**
 * The archived call, if any, with what has arrived. `messages` are all of the conversation's, old
 * ones too: they may have been archived before there was a call. Undefined where there is no call
 * yet, neither archived nor in the arrival.
 */
export function mergedCall(
  old: Call | undefined,
  { call, events = [] }: Arrival,
  messages: readonly Message[],
): Call | undefined {
  const started = events.find((event) => event.type === 'call_started');
  const base =
    old && call ? mergeCalls(old, call) : (old ?? call ?? (started && callFrom(started)));
  if (!base) return undefined;
  const merged = events.reduce(foldCall, base);
  return {
    ...merged,
    last_message_at: messages.reduce(
      (latest, { timestamp }) => later(latest, timestamp),
      merged.last_message_at,
    ),
  };
}
