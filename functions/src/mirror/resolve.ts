import { conversationId } from '../calls/ids.ts';
import type { CallEvent } from '../calls/model.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';

/** An event whose call is known. */
export type KnownCallEvent = CallEvent & { call_id: string };

/** A status callback may overtake the call's first task; after an hour it is not coming any more. */
const UNKNOWN_FOR_GOOD = 60 * 60 * 1_000;

/**
 * Decides which call a batch belongs to. One CallSid is one call (I3): the first call id that
 * claims it keeps it, and events made under another id (a second `/incoming-call` on another
 * instance) are written under the first. A batch that knows only Twilio's id is looked up; it is
 * retried while the id is unknown, for an hour, and is a permanent failure then.
 */
export async function resolveCall(
  database: LiveDatabase,
  batch: readonly CallEvent[],
  now: number,
): Promise<{ callId: string; events: KnownCallEvent[] }> {
  const callId = await findCallId(database, batch, now);
  return { callId, events: batch.map((event) => underCall(event, callId)) };
}

async function findCallId(
  database: LiveDatabase,
  batch: readonly CallEvent[],
  now: number,
): Promise<string> {
  const started = batch.find((event) => event.type === 'call_started');
  if (started) {
    if (!started.call_sid) return started.call_id;
    const claim = await database.create(live.callSid(started.call_sid), started.call_id);
    return claim.done ? started.call_id : String(claim.value);
  }
  const ended = batch.find((event) => event.type === 'call_ended');
  // Twilio's id before ours: an instance may know the call by an id that claimed nothing.
  if (ended?.call_sid) return claimed(database, ended.call_sid, now - Date.parse(ended.at));
  const named = batch.find((event) => event.call_id !== undefined)?.call_id;
  if (named) return named;
  throw new AuroraError(400, 'no_call', 'The events name no call.', { retryable: false });
}

async function claimed(database: LiveDatabase, callSid: string, age: number): Promise<string> {
  const { value } = await database.read(live.callSid(callSid));
  if (typeof value === 'string') return value;
  throw new AuroraError(404, 'call_unknown', 'No call is known under this CallSid.', {
    retryable: age < UNKNOWN_FOR_GOOD,
  });
}

function underCall(event: CallEvent, callId: string): KnownCallEvent {
  return event.type === 'call_started'
    ? { ...event, call_id: callId, conversation_id: conversationId(callId) }
    : { ...event, call_id: callId };
}
