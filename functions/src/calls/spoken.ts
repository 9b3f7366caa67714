import { shortHash } from './ids.ts';
import type { CallEvent, Heard, StoredMessage } from './model.ts';

/** Hex digits of a reply's hash: enough to tell two replies of one turn apart. */
const DIGITS = 8;

/** The hash of a reply that travels with the call, as what the caller heard last. */
export function hashOfReply(reply: string): string {
  return shortHash(reply, DIGITS);
}

/** What the callers of these events say they heard. */
export function heardIn(events: readonly CallEvent[]): Heard[] {
  return events.flatMap((event) =>
    event.type === 'message_added' && event.heard ? [event.heard] : [],
  );
}

/**
 * Two instances that serve one turn may make two replies: the first that is applied is kept, and the
 * caller may have heard the other one (I3). True where this message is kept and was not spoken.
 */
export function isUnspoken(message: StoredMessage, heard: Heard): boolean {
  return message.spoken !== false && hashOfReply(message.content) !== heard.hash;
}
