import { z } from 'zod';
import type { ArchivedCall, ArchivedConversation } from '../archive/schema.ts';
import { mergeCalls } from '../calls/merge.ts';
import { Call, Conversation, Medium, Message, Timestamp, Urgency } from '../calls/model.ts';
import { compareMessages, inOrder } from '../calls/reduce.ts';
import { instant } from '../calls/times.ts';

/** One call as clients see it: every field always there, `null` where there is nothing. */
export const CallView = z.object({
  call_id: Conversation.shape.call_id,
  state: z.enum(['live', 'archived']),
  worker_id: z.string(),
  mobile_no: z.string(),
  conversation_id: Call.shape.conversation_id,
  company_id: z.string(),
  site_id: z.string().nullable(),
  call_sid: z.string().nullable(),
  admin_id: z.string().nullable(),
  continues: z.string().nullable(),
  medium: Medium,
  urgency: Urgency,
  urgency_by: Call.shape.urgency_by,
  status: z.enum(['ACTIVE', 'ENDED', 'COMPLETE']),
  /** When the call began, live and archived; when it was archived is `resolved_at`. */
  timestamp: Timestamp,
  last_message_at: Timestamp,
  ended_at: Timestamp.nullable(),
  end_reason: z.string().nullable(),
  duration_seconds: z.number().int().min(0).nullable(),
  resolved_at: Timestamp.nullable(),
  final_action: z.string().nullable(),
  admin_notes: z.string().nullable(),
});
export type CallView = z.infer<typeof CallView>;

export const ConversationView = z.object({
  conversation_id: Call.shape.conversation_id,
  call_id: Conversation.shape.call_id,
  /** Each once, in the order in which they were said. */
  messages: z.array(Message),
  total_messages: z.number().int().min(0),
  archived_at: Timestamp.nullable(),
});
export type ConversationView = z.infer<typeof ConversationView>;

/** Where a call may be: in one place, in both while it is being archived, or in neither. */
export interface Copies<Live, Archived> {
  live: Live | undefined;
  archived: Archived | undefined;
}

/** Undefined where there is no copy. */
export function viewCall(
  callId: string,
  { live, archived }: Copies<Call, ArchivedCall>,
): CallView | undefined {
  const known = archived ? { ...archived, ...changedLate(archived, live) } : live;
  if (!known) return undefined;
  const startedAt = archived?.started_at ?? known.timestamp;
  return {
    call_id: callId,
    state: archived ? 'archived' : 'live',
    worker_id: known.worker_id,
    mobile_no: known.mobile_no,
    conversation_id: known.conversation_id,
    company_id: known.company_id,
    site_id: known.site_id ?? null,
    call_sid: known.call_sid ?? null,
    admin_id: known.admin_id ?? null,
    continues: known.continues ?? null,
    medium: known.medium,
    urgency: known.urgency,
    urgency_by: known.urgency_by,
    status: known.status,
    timestamp: startedAt,
    last_message_at: known.last_message_at,
    ended_at: known.ended_at ?? null,
    end_reason: known.end_reason ?? null,
    duration_seconds: known.ended_at ? secondsBetween(startedAt, known.ended_at) : null,
    resolved_at: archived?.resolved_at ?? null,
    final_action: archived?.final_action ?? null,
    admin_notes: archived?.admin_notes ?? null,
  };
}

/** What a live copy beside the archived one will add when it is merged: it is shown already now. */
function changedLate(archived: ArchivedCall, live: Call | undefined): Partial<ArchivedCall> {
  if (!live) return {};
  const { urgency_by, last_message_at, ended_at, end_reason } = archived;
  const stored = { urgency_by, last_message_at, ended_at, end_reason, status: 'ENDED' as const };
  const merged = mergeCalls(live, { ...live, ...stored });
  return {
    urgency: merged.urgency,
    urgency_by: merged.urgency_by,
    last_message_at: merged.last_message_at,
    ended_at: merged.ended_at ?? ended_at,
    end_reason: merged.end_reason ?? end_reason,
  };
}

/** A call that has no words yet is a conversation without messages. */
export function viewConversation(
  conversationId: string,
  callId: string,
  { live, archived }: Copies<Conversation, ArchivedConversation>,
): ConversationView {
  const byId = new Map<string, Message>();
  for (const message of [...(archived?.messages ?? []), ...inOrder(live?.messages ?? {})]) {
    if (!byId.has(message.id)) byId.set(message.id, message);
  }
  const messages = [...byId.values()].sort(compareMessages);
  return {
    conversation_id: conversationId,
    call_id: callId,
    messages,
    total_messages: messages.length,
    archived_at: archived?.archived_at ?? null,
  };
}

function secondsBetween(start: string, end: string): number {
  return Math.max(0, Math.round((instant(end) - instant(start)) / 1_000));
}
