import { z } from 'zod';
import type { ArchivedCall, ArchivedConversation } from '../archive/schema.ts';
import { Channel } from '../calls/channel.ts';
import { mergeCalls } from '../calls/merge.ts';
import {
  Call,
  Conversation,
  Dispatch,
  Fact,
  type FactKind,
  type Facts,
  Latest,
  Medium,
  Message,
  type Noted,
  Owner,
  Said,
  Timestamp,
  URGENCIES,
  Urgency,
} from '../calls/model.ts';
import { compareMessages } from '../calls/order.ts';
import { inOrder } from '../calls/reduce.ts';
import { TimelineEntry } from '../calls/timeline.ts';
import { instant } from '../calls/times.ts';

/** Who wrote the value beside it, and when; null where nobody did. */
const SaidOrNot = Said.nullable();

const FactOrNot = Fact.nullable();

/** What the caller's words told of the incident; `null` where nothing is known. */
const FactsView = z.object({
  where: FactOrNot,
  hazard: FactOrNot,
  injured: FactOrNot,
  trapped: FactOrNot,
  callback: FactOrNot,
} satisfies Record<FactKind, unknown>);

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
  /** Who speaks with the caller; null where Aurora does, and once the call is over. */
  owner: Owner.nullable(),
  /** When the call began, live and archived; when it was archived is `resolved_at`. */
  timestamp: Timestamp,
  last_message_at: Timestamp,
  /** The beginning of what each said last; null once the call is archived. */
  latest: z.object({
    user: Latest.nullable(),
    assistant: Latest.nullable(),
    admin: Latest.nullable(),
  }),
  ended_at: Timestamp.nullable(),
  end_reason: z.string().nullable(),
  duration_seconds: z.number().int().min(0).nullable(),
  resolved_at: Timestamp.nullable(),
  final_action: z.string().nullable(),
  admin_notes: z.string().nullable(),
  noted: z.object({ final_action: SaidOrNot, admin_notes: SaidOrNot }),
  /** Who has seen the call, in the order in which they first did. */
  acknowledged: z.array(Said),
  /** Help that was sent, in the order in which it was. */
  dispatches: z.array(Dispatch.extend({ id: z.string(), eta: Timestamp.nullable() })),
  facts: FactsView,
  /** The call that this one calls back. */
  follows: z.string().nullable(),
  dialled_no: z.string().nullable(),
  /** Of a text conversation; null for voice. */
  channel: Channel.nullable(),
  /** Calls from one site within minutes have one. */
  incident_id: z.string().nullable(),
  /** Messages of supervisors that the caller has heard, and when; others wait to be spoken. */
  heard_messages: z.record(z.string(), Timestamp),
  /** What was done about the call, in order. */
  timeline: z.array(TimelineEntry.extend({ id: z.string() })),
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
    owner: archived ? null : (live?.owner ?? null),
    timestamp: startedAt,
    last_message_at: known.last_message_at,
    latest: viewLatest(archived ? undefined : live?.latest),
    ended_at: known.ended_at ?? null,
    end_reason: known.end_reason ?? null,
    duration_seconds: known.ended_at ? secondsBetween(startedAt, known.ended_at) : null,
    resolved_at: archived?.resolved_at ?? null,
    ...viewNoted(known.noted, archived),
    acknowledged: Object.entries(known.acknowledged ?? {})
      .map(([by, at]) => ({ by, at }))
      .sort((a, b) => instant(a.at) - instant(b.at) || (a.by < b.by ? -1 : 1)),
    dispatches: Object.entries(known.dispatches ?? {})
      .map(([id, { eta, ...dispatch }]) => ({ id, ...dispatch, eta: eta ?? null }))
      .sort((a, b) => instant(a.at) - instant(b.at) || (a.id < b.id ? -1 : 1)),
    facts: viewFacts(known.facts),
    follows: known.follows ?? null,
    dialled_no: known.dialled_no ?? null,
    channel: known.channel ?? null,
    incident_id: known.incident_id ?? null,
    heard_messages: known.heard_messages ?? {},
    timeline: Object.entries(known.timeline ?? {})
      .map(([id, entry]) => ({ id, ...entry }))
      .sort((a, b) => instant(a.at) - instant(b.at) || (a.id < b.id ? -1 : 1)),
  };
}

/** A call that was imported into the archive has values of which nobody knows who wrote them. */
function viewNoted(noted: Noted | undefined, archived: ArchivedCall | undefined) {
  const { final_action, admin_notes } = noted ?? {};
  const notes = admin_notes ? admin_notes.value : archived?.admin_notes;
  return {
    final_action: final_action?.value ?? archived?.final_action ?? null,
    admin_notes: notes || null,
    noted: { final_action: saidOf(final_action), admin_notes: saidOf(admin_notes) },
  };
}

function viewLatest(latest: Call['latest'] = {}): CallView['latest'] {
  const { user = null, assistant = null, admin = null } = latest;
  return { user, assistant, admin };
}

function viewFacts(facts: Facts = {}): CallView['facts'] {
  const { where = null, hazard = null, injured = null, trapped = null, callback = null } = facts;
  return { where, hazard, injured, trapped, callback };
}

function saidOf(said: Said | undefined): Said | null {
  return said ? { at: said.at, by: said.by } : null;
}

/** What a live copy beside the archived one will add when it is merged: it is shown already now. */
function changedLate(archived: ArchivedCall, live: Call | undefined): Partial<ArchivedCall> {
  if (!live) return {};
  const { urgency_by, last_message_at, ended_at, end_reason, ...others } = archived;
  const { worker_id, worker_since, acknowledged, dispatches, noted, facts } = others;
  const { incident_id, heard_messages, timeline } = others;
  const stored = { urgency_by, last_message_at, ended_at, end_reason, status: 'ENDED' as const };
  const people = { worker_id, worker_since, acknowledged, dispatches, noted, facts };
  const reaching = { incident_id, heard_messages, timeline };
  const merged = mergeCalls(live, { ...live, ...stored, ...people, ...reaching });
  return {
    worker_id: merged.worker_id,
    urgency: merged.urgency,
    urgency_by: merged.urgency_by,
    last_message_at: merged.last_message_at,
    ended_at: merged.ended_at ?? ended_at,
    end_reason: merged.end_reason ?? end_reason,
    acknowledged: merged.acknowledged,
    dispatches: merged.dispatches,
    noted: merged.noted,
    facts: merged.facts,
    incident_id: merged.incident_id,
    heard_messages: merged.heard_messages,
    timeline: merged.timeline,
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

/** Most urgent first, then longest waiting; calls that have just ended come last. */
export function byNeed(a: CallView, b: CallView): number {
  return (
    Number(a.status === 'ENDED') - Number(b.status === 'ENDED') ||
    URGENCIES.indexOf(b.urgency) - URGENCIES.indexOf(a.urgency) ||
    instant(a.timestamp) - instant(b.timestamp) ||
    (a.call_id < b.call_id ? -1 : 1)
  );
}
