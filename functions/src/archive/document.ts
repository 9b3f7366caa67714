import type { Call, Message } from '../calls/model.ts';
import { compareMessages } from '../calls/reduce.ts';
import { instant, later } from '../calls/times.ts';
import { searchTokens } from './search-tokens.ts';

/** Everything of `calls/{call_id}` that Aurora decides; the server adds `timestamp` and `resolved_at`. */
export function callFields(call: Call, messages: readonly Message[]) {
  const endedAt = call.ended_at ?? call.last_message_at;
  return {
    worker_id: call.worker_id,
    mobile_no: call.mobile_no,
    conversation_id: call.conversation_id,
    urgency: call.urgency,
    status: 'COMPLETE' as const,
    medium: call.medium,
    duration_seconds: secondsBetween(call.timestamp, endedAt),
    company_id: call.company_id,
    site_id: call.site_id ?? null,
    call_sid: call.call_sid ?? null,
    admin_id: call.admin_id ?? null,
    started_at: new Date(call.timestamp),
    ended_at: new Date(endedAt),
    end_reason: call.end_reason ?? 'unknown',
    continues: call.continues ?? null,
    urgency_by: call.urgency_by,
    last_message_at: call.last_message_at,
    search: searchTokens(messages.map(({ content }) => content)),
  };
}

/** Messages of both, once each, in the order in which they were said; the first copy stays. */
export function mergeMessages(first: readonly Message[], second: readonly Message[]): Message[] {
  const byId = new Map<string, Message>();
  for (const message of [...first, ...second]) {
    if (!byId.has(message.id)) byId.set(message.id, message);
  }
  return [...byId.values()].sort(compareMessages);
}

function secondsBetween(start: string, end: string): number {
  return Math.round((instant(later(start, end)) - instant(start)) / 1_000);
}
