import { foldFacts } from './facts.ts';
import { turnOfMessage } from './ids.ts';
import { foldLatest } from './latest.ts';
import type {
  Call,
  CallEnded,
  CallEvent,
  CallNoted,
  CallStarted,
  Conversation,
  Message,
  MessageHeard,
  UrgencyChanged,
  WorkerIdentified,
} from './model.ts';
import { compareMessages } from './order.ts';
import { foldLine, foldOwner } from './owner.ts';
import { UNKNOWN_WORKER } from './started.ts';
import { foldAcknowledged, foldDispatch, foldNoted } from './supervisors.ts';
import { foldTimeline } from './timeline.ts';
import { earliest, instant, later } from './times.ts';
import { foldUrgency, urgencyOf } from './urgency.ts';

/** A call and its words, as far as known. Either half may be missing where it was never started. */
export interface CallState {
  call?: Call;
  conversation?: Conversation;
}

/**
 * Folds events of one call. Commutative and idempotent over batches that each carry the call's
 * `call_started`: in whatever order, however often, the result is the same. What is already there
 * stays (the first content of a message wins); ENDED stays ENDED; no instant steps back.
 * Without a call to fold into, events other than `call_started` change nothing.
 */
export function reduce(state: CallState, events: readonly CallEvent[]): CallState {
  const started = events.find((event) => event.type === 'call_started');
  let call = state.call ?? (started && callFrom(started));
  let conversation =
    state.conversation ??
    (started && ({ call_id: started.call_id, messages: {} } satisfies Conversation));
  if (!call || !conversation) return state;
  for (const event of events) {
    call = foldCall(call, event);
    if (event.type === 'message_added') conversation = foldMessage(conversation, event.message);
  }
  return { call, conversation };
}

/** The call's own fields after one event; messages touch only `last_message_at`. */
export function foldCall(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'call_started':
      return call;
    case 'message_added':
      return {
        ...call,
        last_message_at: later(call.last_message_at, event.message.timestamp),
        latest: foldLatest(call.latest, event.message),
      };
    case 'urgency_changed': {
      const by = foldUrgency(call.urgency_by, event);
      return { ...call, urgency: urgencyOf(by), urgency_by: by, ...urgentSince(call, event) };
    }
    case 'call_ended':
      return endsEarlier(call, event)
        ? { ...call, status: 'ENDED', ended_at: event.at, end_reason: event.end_reason }
        : call;
    case 'worker_identified':
      return identifiedEarlier(call, event)
        ? { ...call, worker_id: event.worker_id, worker_since: event.at }
        : call;
    case 'call_acknowledged':
      return { ...call, acknowledged: foldAcknowledged(call.acknowledged, event) };
    case 'help_dispatched':
      return { ...call, dispatches: foldDispatch(call.dispatches, event.id, event.dispatch) };
    case 'facts_reported':
      return Object.keys(event.facts).length === 0
        ? call
        : { ...call, facts: foldFacts(call.facts, event.facts) };
    case 'call_noted':
      return saysNothing(event) ? call : { ...call, noted: foldNoted(call.noted, event) };
    case 'owner_changed':
      return { ...call, owner: foldOwner(call.owner, event.owner) };
    case 'line_moved':
      return { ...call, line: foldLine(call.line, event.line) };
    case 'message_heard':
      return { ...call, heard_messages: foldHeard(call.heard_messages, event) };
    case 'timeline_added':
      return { ...call, timeline: foldTimeline(call.timeline, event.id, event.entry) };
    case 'incident_joined':
      return { ...call, incident_id: least(call.incident_id, event.incident_id) };
  }
}

export function callFrom(started: CallStarted): Call {
  return {
    worker_id: started.worker_id,
    mobile_no: started.mobile_no,
    conversation_id: started.conversation_id,
    urgency: 'NORMAL',
    status: 'ACTIVE',
    timestamp: started.at,
    medium: started.medium,
    last_message_at: started.at,
    company_id: started.company_id,
    urgency_by: { kind: 'aurora', turn: 0, at: started.at },
    ...(started.call_sid === undefined ? {} : { call_sid: started.call_sid }),
    ...(started.site_id === undefined ? {} : { site_id: started.site_id }),
    ...(started.continues === undefined ? {} : { continues: started.continues }),
    ...(started.dialled_no === undefined ? {} : { dialled_no: started.dialled_no }),
    ...(started.channel === undefined ? {} : { channel: started.channel }),
    ...(started.follows === undefined ? {} : { follows: started.follows }),
  };
}

/** The first time that the caller heard a message stands. */
function foldHeard(known: Call['heard_messages'], { message_id, at }: MessageHeard) {
  const before = known?.[message_id];
  return { ...known, [message_id]: before === undefined ? at : earliest(before, at) };
}

/** The first time stands, although `urgency_by` remembers the last. */
function urgentSince({ urgent_since }: Call, { urgency, by }: UrgencyChanged): Partial<Call> {
  if (urgency === 'NORMAL') return {};
  return { urgent_since: urgent_since === undefined ? by.at : earliest(urgent_since, by.at) };
}

function least(known: string | undefined, incidentId: string): string {
  return known !== undefined && known < incidentId ? known : incidentId;
}

function foldMessage(conversation: Conversation, { id, ...stored }: Message): Conversation {
  if (Object.hasOwn(conversation.messages, id)) return conversation;
  return { ...conversation, messages: { ...conversation.messages, [id]: stored } };
}

/** Of several ends the earliest stands, so that repeated callbacks can't move it. */
function endsEarlier(call: Call, event: CallEnded): boolean {
  if (call.status === 'ACTIVE' || call.ended_at === undefined) return true;
  const difference = instant(event.at) - instant(call.ended_at);
  return difference < 0 || (difference === 0 && event.end_reason < (call.end_reason ?? ''));
}

/** The Realtime Database keeps no empty objects, so none is made. */
function saysNothing({ final_action, admin_notes }: CallNoted): boolean {
  return final_action === undefined && admin_notes === undefined;
}

/** Somebody who is known stays; of several finds the earliest stands. */
function identifiedEarlier(call: Call, { worker_id, at }: WorkerIdentified): boolean {
  if (worker_id === UNKNOWN_WORKER) return false;
  if (call.worker_id === UNKNOWN_WORKER) return true;
  if (call.worker_since === undefined) return false;
  const difference = instant(at) - instant(call.worker_since);
  return difference < 0 || (difference === 0 && worker_id < call.worker_id);
}

/** Messages in the order in which they were said: (turn, rank, time, id). */
export function inOrder(messages: Conversation['messages']): Message[] {
  return Object.entries(messages)
    .map(([id, stored]) => ({ id, ...stored }))
    .sort(compareMessages);
}

/** The place of the last turn; 0 where nothing was said yet. */
export function lastTurn(state: CallState | undefined): number {
  return Object.keys(state?.conversation?.messages ?? {})
    .map(turnOfMessage)
    .reduce(greater, 0);
}

function greater(a: number, b: number): number {
  return Math.max(a, b);
}
