import { z } from 'zod';
import { CALL_ID, CALL_SID, CONVERSATION_ID, MESSAGE_ID } from './ids.ts';

/**
 * The shapes that every room shares. Live and archived data, the journal and the tasks all carry
 * these, so a field that is not described here does not exist.
 */

export const URGENCIES = ['NORMAL', 'URGENT', 'CRITICAL'] as const;
export const Urgency = z.enum(URGENCIES);
export type Urgency = z.infer<typeof Urgency>;

export const Medium = z.enum(['Text', 'Voice']);
export type Medium = z.infer<typeof Medium>;

export const Role = z.enum(['user', 'assistant', 'admin']);
export type Role = z.infer<typeof Role>;

/** ISO 8601 with offset, e.g. `2025-10-04T14:30:00+05:30`; compared as an instant, never as text. */
export const Timestamp = z.iso.datetime({ offset: true });

const CallId = z.string().regex(CALL_ID);
const ConversationId = z.string().regex(CONVERSATION_ID);
const CompanyId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** A message as it lies in the Realtime Database, where its id is the key. */
export const StoredMessage = z.object({
  role: Role,
  content: z.string(),
  timestamp: Timestamp,
  /** `""` or `"Manual A; Manual B"`. */
  sources: z.string(),
  /** Present where the caller heard another reply in this one's place. */
  spoken: z.literal(false).optional(),
});
export type StoredMessage = z.infer<typeof StoredMessage>;

export const Message = StoredMessage.extend({ id: z.string().regex(MESSAGE_ID) });
export type Message = z.infer<typeof Message>;

/** A judgement of urgency: who made it, and after which turn. */
const Judgement = z.object({
  kind: z.enum(['aurora', 'silence', 'supervisor']),
  turn: z.number().int().min(0),
  at: Timestamp,
  id: z.string().optional(),
});
export type Judgement = z.infer<typeof Judgement>;

/**
 * Why the urgency is what it is. The first three fields name the judgement that decided; the rest
 * is what the fold must remember so that events may arrive in any order: the latest word of a
 * supervisor, and for each level the latest turn that called for it.
 */
export const UrgencyBy = Judgement.extend({
  supervisor: Judgement.extend({ urgency: Urgency }).optional(),
  raised: z.partialRecord(z.enum(['URGENT', 'CRITICAL']), Judgement).optional(),
});
export type UrgencyBy = z.infer<typeof UrgencyBy>;

export const Call = z.object({
  worker_id: z.string(),
  /** E.164, `anonymous`, or Twilio's own form such as `client:alice`. */
  mobile_no: z.string(),
  conversation_id: ConversationId,
  urgency: Urgency,
  status: z.enum(['ACTIVE', 'ENDED']),
  timestamp: Timestamp,
  medium: Medium,
  last_message_at: Timestamp,
  admin_id: z.string().optional(),
  call_sid: z.string().regex(CALL_SID).optional(),
  company_id: CompanyId,
  site_id: CompanyId.optional(),
  urgency_by: UrgencyBy,
  ended_at: Timestamp.optional(),
  end_reason: z.string().optional(),
  continues: CallId.optional(),
});
export type Call = z.infer<typeof Call>;

export const Conversation = z.object({
  call_id: CallId,
  messages: z.record(z.string().regex(MESSAGE_ID), StoredMessage),
});
export type Conversation = z.infer<typeof Conversation>;

/**
 * Everything that happens in a call. `call_started` is a pure function of what Twilio sends with
 * every webhook and of the call id, so each batch carries it: whichever arrives first creates the
 * call, and the others change nothing.
 */
const CallStarted = z.object({
  type: z.literal('call_started'),
  call_id: CallId,
  conversation_id: ConversationId,
  at: Timestamp,
  worker_id: z.string().max(128),
  mobile_no: z.string().max(128),
  medium: Medium,
  company_id: CompanyId,
  site_id: CompanyId.optional(),
  call_sid: z.string().regex(CALL_SID).optional(),
  continues: CallId.optional(),
});

/** Aurora's reply that the caller heard before these words: its message, and its hash. */
export const Heard = z.object({
  id: z.string().regex(MESSAGE_ID),
  hash: z.string().regex(/^[0-9a-f]{8}$/),
});
export type Heard = z.infer<typeof Heard>;

const MessageAdded = z.object({
  type: z.literal('message_added'),
  call_id: CallId,
  message: Message,
  heard: Heard.optional(),
});

const UrgencyChanged = z.object({
  type: z.literal('urgency_changed'),
  call_id: CallId,
  urgency: Urgency,
  by: Judgement,
});

/** `call_id` is absent where only Twilio's id is known: the mirror resolves it. */
const CallEnded = z.object({
  type: z.literal('call_ended'),
  call_id: CallId.optional(),
  call_sid: z.string().regex(CALL_SID).optional(),
  at: Timestamp,
  end_reason: z.string().max(64),
});

export const CallEvent = z.discriminatedUnion('type', [
  CallStarted,
  MessageAdded,
  UrgencyChanged,
  CallEnded,
]);
export type CallEvent = z.infer<typeof CallEvent>;
export type CallStarted = z.infer<typeof CallStarted>;
export type CallEnded = z.infer<typeof CallEnded>;
export type MessageAdded = z.infer<typeof MessageAdded>;
export type UrgencyChanged = z.infer<typeof UrgencyChanged>;
