import { z } from 'zod';
import { Channel } from './channel.ts';
import { Grounding } from './grounding.ts';
import { CALL_ID, CALL_SID, CONVERSATION_ID, DISPATCH_ID, INCIDENT_ID, MESSAGE_ID } from './ids.ts';
import { TIMELINE_ID, Timeline, TimelineEntry } from './timeline.ts';

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
  /** Present on Aurora's replies. */
  grounding: Grounding.optional(),
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

const AdminId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);

/** What came of a call, as a supervisor says it. */
export const FINAL_ACTIONS = [
  'resolved',
  'ambulance',
  'fire_service',
  'police',
  'evacuated',
  'false_alarm',
  'drill',
  'duplicate',
  'unreachable',
  'other',
] as const;
export const FinalAction = z.enum(FINAL_ACTIONS);
export type FinalAction = z.infer<typeof FinalAction>;

/** Characters of a supervisor's notes. */
export const LONGEST_NOTES = 10_000;

/** What is known of an incident, beside its urgency. */
export const FACT_KINDS = ['where', 'hazard', 'injured', 'trapped', 'callback'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** One fact as the caller's words gave it: `injured: "2"`, `where: "boiler room, hall 3"`. */
export const Fact = z.object({
  value: z.string().min(1).max(200),
  /** 0 to 1; from 0.5 on a fact counts as told, below it as guessed. */
  confidence: z.number().min(0).max(1),
  /** The turn whose words it came from. */
  turn: z.number().int().min(0),
  at: Timestamp,
  /** Whether rules read it out of the words, or a model did. */
  by: z.enum(['words', 'model']),
});
export type Fact = z.infer<typeof Fact>;

export const Facts = z.partialRecord(z.enum(FACT_KINDS), Fact);
export type Facts = z.infer<typeof Facts>;

/** When something was said of a call, and by which supervisor. */
export const Said = z.object({ at: Timestamp, by: AdminId });
export type Said = z.infer<typeof Said>;

export const Noted = z.object({
  final_action: Said.extend({ value: FinalAction }).optional(),
  /** An empty text is notes that were removed. */
  admin_notes: Said.extend({ value: z.string() }).optional(),
});
export type Noted = z.infer<typeof Noted>;

/** Help that a supervisor has sent: whom, to do what, and when they say it arrives. */
export const Dispatch = Said.extend({
  who: z.string().min(1).max(200),
  what: z.string().min(1).max(500),
  eta: Timestamp.optional(),
});
export type Dispatch = z.infer<typeof Dispatch>;

/** Whose turn it is to speak; absent where nobody but Aurora has ever had the call. */
export const Owner = z.object({
  kind: z.enum(['aurora', 'supervisor']),
  /** The supervisor. */
  id: AdminId.optional(),
  /** Grows by one with each change of owner: who carries an older one can't speak. */
  epoch: z.number().int().min(0),
  /** When a supervisor's lease ends unless it is renewed; absent while `leg` holds it. */
  until: Timestamp.optional(),
  /** The CallSid of the supervisor's own phone, while it is joined with the caller. */
  leg: z.string().regex(CALL_SID).optional(),
});
export type Owner = z.infer<typeof Owner>;

/**
 * Where the line is: the link of the turn that the caller was offered last, as the query of its
 * action URL. With it somebody else than the webhook can send the call on.
 */
export const Line = z.object({
  epoch: z.number().int().min(0),
  turn: z.number().int().min(0),
  link: z.string().max(2_000),
});
export type Line = z.infer<typeof Line>;

/** The beginning of what somebody said last. */
export const Latest = z.object({
  id: z.string().regex(MESSAGE_ID),
  text: z.string().max(200),
  at: Timestamp,
  /** Of Aurora's: what gave the reply. */
  rung: Grounding.shape.rung.optional(),
});
export type Latest = z.infer<typeof Latest>;

export const Call = z.object({
  worker_id: z.string(),
  /** When the worker behind the number was found; absent where it was known from the start. */
  worker_since: Timestamp.optional(),
  /** E.164, `anonymous`, or Twilio's own form such as `client:alice`. */
  mobile_no: z.string(),
  conversation_id: ConversationId,
  urgency: Urgency,
  status: z.enum(['ACTIVE', 'ENDED']),
  timestamp: Timestamp,
  medium: Medium,
  /** The number that was dialled or written to, E.164: what people are rung and texted from. */
  dialled_no: z.string().max(32).optional(),
  /** Of a text conversation. */
  channel: Channel.optional(),
  last_message_at: Timestamp,
  /** By role; for lists of live calls, not kept in the archive. */
  latest: z.partialRecord(Role, Latest).optional(),
  admin_id: z.string().optional(),
  call_sid: z.string().regex(CALL_SID).optional(),
  company_id: CompanyId,
  site_id: CompanyId.optional(),
  urgency_by: UrgencyBy,
  /** When words, a silence or a supervisor first made it URGENT or CRITICAL; it never moves on. */
  urgent_since: Timestamp.optional(),
  ended_at: Timestamp.optional(),
  end_reason: z.string().optional(),
  continues: CallId.optional(),
  owner: Owner.optional(),
  line: Line.optional(),
  /** The call that was lost, and that this one calls back. */
  follows: CallId.optional(),
  /** Calls from one site within minutes are one incident; by the least id. */
  incident_id: z.string().regex(INCIDENT_ID).optional(),
  /** When the caller heard each supervisor's message; one that is missing waits to be spoken. */
  heard_messages: z.record(z.string().regex(MESSAGE_ID), Timestamp).optional(),
  timeline: Timeline.optional(),
  /** The best that is known of each; see foldFacts. */
  facts: Facts.optional(),
  /** The latest that supervisors said of the call. */
  noted: Noted.optional(),
  /** Who has seen the call, and when first; by admin id. */
  acknowledged: z.record(AdminId, Timestamp).optional(),
  /** By an id of their own. */
  dispatches: z.record(z.string().regex(DISPATCH_ID), Dispatch).optional(),
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
  dialled_no: z.string().max(32).optional(),
  channel: Channel.optional(),
  follows: CallId.optional(),
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

/** The worker behind the caller's number, found in the call's company. */
const WorkerIdentified = z.object({
  type: z.literal('worker_identified'),
  call_id: CallId,
  worker_id: z.string().min(1).max(128),
  at: Timestamp,
});

const CallAcknowledged = Said.extend({ type: z.literal('call_acknowledged'), call_id: CallId });

const HelpDispatched = z.object({
  type: z.literal('help_dispatched'),
  call_id: CallId,
  id: z.string().regex(DISPATCH_ID),
  dispatch: Dispatch,
});

/** A supervisor's word on a call. A field that is absent stays; an empty text removes the notes. */
const CallNoted = Said.extend({
  type: z.literal('call_noted'),
  call_id: CallId,
  final_action: FinalAction.optional(),
  admin_notes: z.string().max(LONGEST_NOTES).optional(),
});

/** Facts that one turn told of the incident. */
const FactsReported = z.object({
  type: z.literal('facts_reported'),
  call_id: CallId,
  at: Timestamp,
  facts: Facts,
});

/** Somebody else speaks from now on, or their lease was renewed. Written by compare-and-set alone. */
const OwnerChanged = z.object({
  type: z.literal('owner_changed'),
  call_id: CallId,
  at: Timestamp,
  owner: Owner,
});

/** Another turn was offered to the caller. */
const LineMoved = z.object({
  type: z.literal('line_moved'),
  call_id: CallId,
  at: Timestamp,
  line: Line,
});

/** The caller was told a supervisor's message. */
const MessageHeard = z.object({
  type: z.literal('message_heard'),
  call_id: CallId,
  at: Timestamp,
  message_id: z.string().regex(MESSAGE_ID),
});

const TimelineAdded = z.object({
  type: z.literal('timeline_added'),
  call_id: CallId,
  id: z.string().regex(TIMELINE_ID),
  entry: TimelineEntry,
});

const IncidentJoined = z.object({
  type: z.literal('incident_joined'),
  call_id: CallId,
  at: Timestamp,
  incident_id: z.string().regex(INCIDENT_ID),
});

export const CallEvent = z.discriminatedUnion('type', [
  CallStarted,
  MessageAdded,
  UrgencyChanged,
  CallEnded,
  WorkerIdentified,
  CallAcknowledged,
  HelpDispatched,
  CallNoted,
  FactsReported,
  OwnerChanged,
  LineMoved,
  MessageHeard,
  TimelineAdded,
  IncidentJoined,
]);
export type CallEvent = z.infer<typeof CallEvent>;
export type CallStarted = z.infer<typeof CallStarted>;
export type CallEnded = z.infer<typeof CallEnded>;
export type MessageAdded = z.infer<typeof MessageAdded>;
export type UrgencyChanged = z.infer<typeof UrgencyChanged>;
export type FactsReported = z.infer<typeof FactsReported>;
export type CallNoted = z.infer<typeof CallNoted>;
export type WorkerIdentified = z.infer<typeof WorkerIdentified>;
export type OwnerChanged = z.infer<typeof OwnerChanged>;
export type LineMoved = z.infer<typeof LineMoved>;
export type MessageHeard = z.infer<typeof MessageHeard>;
export type TimelineAdded = z.infer<typeof TimelineAdded>;
export type IncidentJoined = z.infer<typeof IncidentJoined>;
