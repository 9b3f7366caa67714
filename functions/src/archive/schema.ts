import { z } from 'zod';
import { Call, Medium, Message, Timestamp, Urgency } from '../calls/model.ts';

/**
 * The two documents that a call becomes, with times as ISO texts. In Firestore `timestamp`,
 * `resolved_at`, `started_at`, `ended_at` and `archived_at` are Timestamps; the first two and the
 * last are set by the server when the document is first written.
 */
export const ArchivedCall = z.object({
  worker_id: z.string(),
  mobile_no: z.string(),
  conversation_id: Call.shape.conversation_id,
  urgency: Urgency,
  status: z.literal('COMPLETE'),
  medium: Medium,
  duration_seconds: z.number().int().min(0),
  timestamp: Timestamp,
  resolved_at: Timestamp,
  final_action: z.string().nullable(),
  admin_id: z.string().nullable(),
  admin_notes: z.string().nullable(),
  company_id: z.string(),
  site_id: z.string().nullable(),
  call_sid: z.string().nullable(),
  started_at: Timestamp,
  ended_at: Timestamp,
  end_reason: z.string(),
  continues: z.string().nullable(),
  urgency_by: Call.shape.urgency_by,
  urgent_since: Call.shape.urgent_since,
  last_message_at: Timestamp,
  worker_since: Call.shape.worker_since,
  acknowledged: Call.shape.acknowledged,
  dispatches: Call.shape.dispatches,
  noted: Call.shape.noted,
  facts: Call.shape.facts,
  dialled_no: Call.shape.dialled_no,
  channel: Call.shape.channel,
  follows: Call.shape.follows,
  incident_id: Call.shape.incident_id,
  heard_messages: Call.shape.heard_messages,
  timeline: Call.shape.timeline,
  search: z.array(z.string()),
});
export type ArchivedCall = z.infer<typeof ArchivedCall>;

/** A conversation with the messages of all its pages. */
export const ArchivedConversation = z.object({
  call_id: z.string(),
  messages: z.array(Message),
  archived_at: Timestamp,
  total_messages: z.number().int().min(0),
});
export type ArchivedConversation = z.infer<typeof ArchivedConversation>;

/** The most pages that a stored conversation may name: many times what it can have. */
const MOST_PAGES = 100;

/** `conversations/{id}` as it is stored; `page_count` stands in it once there are pages. */
export const StoredConversation = ArchivedConversation.extend({
  page_count: z.number().int().min(0).max(MOST_PAGES).default(0),
});
export type StoredConversation = z.infer<typeof StoredConversation>;

/** `conversations/{id}/pages/{n}`. */
export const StoredPage = z.object({ messages: z.array(Message) });
