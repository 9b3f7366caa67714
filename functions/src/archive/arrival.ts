import { mergeCalls } from '../calls/merge.ts';
import type { Call, CallEvent, Message } from '../calls/model.ts';
import { callFrom, foldCall } from '../calls/reduce.ts';
import { heardIn, isUnspoken } from '../calls/spoken.ts';
import { later } from '../calls/times.ts';
import type { Pages } from './pages.ts';

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

/** Late words may tell that an archived reply is not the one that was spoken. Same pages otherwise. */
export function withUnspoken(pages: Pages, { events = [] }: Arrival): Pages {
  const unspoken = new Set(
    heardIn(events).flatMap((heard) =>
      pages.flat().some((message) => message.id === heard.id && isUnspoken(message, heard))
        ? [heard.id]
        : [],
    ),
  );
  if (unspoken.size === 0) return pages;
  return pages.map((page) =>
    page.some(({ id }) => unspoken.has(id))
      ? page.map((message) =>
          unspoken.has(message.id) ? { ...message, spoken: false as const } : message,
        )
      : page,
  );
}
