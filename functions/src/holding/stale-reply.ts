import { readCall } from '../calls/live.ts';
import type { Call, CallEvent, Line } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { readLink } from '../webhooks/link.ts';
import type { Holding } from './holding.ts';

export interface StaleRepliesOptions {
  database: Pick<LiveDatabase, 'read'>;
  /** Made when a caller is to be sent on. */
  holding: () => Promise<Pick<Holding, 'sendOn'>>;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Sends a caller on again where a reply of Aurora's is mirrored that she made before she knew of a
 * takeover: nobody knows whether Twilio played it in place of the hold that it was redirected to.
 * Asked after each batch was applied. Throws where Twilio has to be asked again.
 */
export function createStaleReplies({ database, holding, now }: StaleRepliesOptions) {
  return async function sendOnAfter(events: readonly CallEvent[]): Promise<void> {
    const reply = replyIn(events);
    if (!reply) return;
    const found = await liveCall(reply.callId, events);
    if (!found || !isOvertaken(readCall(found.value), reply.line, now())) return;
    const { sendOn } = await holding();
    if ((await sendOn(found.callId)) === 'waiting') {
      throw new AuroraError(503, 'not_sent_on', 'The caller could not be sent on: try again.');
    }
  };

  /** Under the id of the batch, or under the one that has claimed its CallSid. */
  async function liveCall(
    callId: string,
    events: readonly CallEvent[],
  ): Promise<{ callId: string; value: unknown } | undefined> {
    const { value } = await database.read(live.call(callId));
    if (value !== null) return { callId, value };
    const started = events.find((event) => event.type === 'call_started');
    if (started?.call_sid === undefined) return undefined;
    const { value: claimed } = await database.read(live.callSid(started.call_sid));
    if (typeof claimed !== 'string' || claimed === callId) return undefined;
    const other = await database.read(live.call(claimed));
    return other.value === null ? undefined : { callId: claimed, value: other.value };
  }
}

function replyIn(events: readonly CallEvent[]): { callId: string; line: Line } | undefined {
  const moved = events.find((event) => event.type === 'line_moved');
  const spoke = events.some(
    (event) => event.type === 'message_added' && event.message.role === 'assistant',
  );
  return moved && spoke ? { callId: moved.call_id, line: moved.line } : undefined;
}

/**
 * A caller who has been offered a turn of the hold by one of their own webhooks, as late as the
 * reply's or later, has left the reply behind; one who was only redirected perhaps not.
 */
function isOvertaken(call: Call, stale: Line, now: number): boolean {
  const { owner, line } = call;
  if (call.status !== 'ACTIVE' || !owner || !isHeld(call, now)) return false;
  if (stale.epoch >= owner.epoch) return false;
  const offered = line && readLink(new URLSearchParams(line.link));
  const isProven =
    offered?.heldUntil !== undefined && !offered.sent && offered.turn.n >= stale.turn;
  return !isProven;
}
