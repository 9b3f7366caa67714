import { mergeLatest } from './latest.ts';
import type {
  Call,
  CallEvent,
  FactsReported,
  Judgement,
  Urgency,
  UrgencyChanged,
} from './model.ts';
import { foldCall } from './reduce.ts';
import { earliest, later } from './times.ts';

/**
 * Two copies of one call, each the fold of some of its events, as the fold of all of them. Who and
 * where are taken from the first.
 */
export function mergeCalls(first: Call, second: Call): Call {
  const rebuilt = [
    ...judgementsOf(second),
    ...supervisorsWordsOf(second),
    ...factsOf(second),
    ...reachingOf(second),
  ];
  const latest = mergeLatest(first.latest, second.latest);
  const urgentSince = [first.urgent_since, second.urgent_since].filter((at) => at !== undefined);
  const merged = rebuilt.reduce<Call>(foldCall, {
    ...first,
    ...(latest ? { latest } : {}),
    ...(urgentSince.length > 0 ? { urgent_since: urgentSince.reduce(earliest) } : {}),
    last_message_at: later(first.last_message_at, second.last_message_at),
  });
  if (second.status !== 'ENDED' || second.ended_at === undefined) return merged;
  return foldCall(merged, {
    type: 'call_ended',
    at: second.ended_at,
    end_reason: second.end_reason ?? 'unknown',
  });
}

/** The events that would rebuild what a call remembers of its urgency. */
function judgementsOf(call: Call): UrgencyChanged[] {
  const { supervisor, raised } = call.urgency_by;
  const change = (urgency: Urgency, by: Judgement): UrgencyChanged => ({
    type: 'urgency_changed',
    call_id: '',
    urgency,
    by,
  });
  return [
    ...(supervisor ? [change(supervisor.urgency, withoutUrgency(supervisor))] : []),
    ...(raised?.URGENT ? [change('URGENT', raised.URGENT)] : []),
    ...(raised?.CRITICAL ? [change('CRITICAL', raised.CRITICAL)] : []),
  ];
}

/** The events that would rebuild what people added to a call, and who its caller is. */
function supervisorsWordsOf(call: Call): CallEvent[] {
  const { noted, acknowledged = {}, dispatches = {} } = call;
  const call_id = '';
  return [
    {
      type: 'worker_identified' as const,
      call_id,
      worker_id: call.worker_id,
      at: call.worker_since ?? call.timestamp,
    },
    ...Object.entries(acknowledged).map(([by, at]) => ({
      type: 'call_acknowledged' as const,
      call_id,
      by,
      at,
    })),
    ...Object.entries(dispatches).map(([id, dispatch]) => ({
      type: 'help_dispatched' as const,
      call_id,
      id,
      dispatch,
    })),
    ...Object.entries(noted ?? {}).map(([field, { at, by, value }]) => ({
      type: 'call_noted' as const,
      call_id,
      at,
      by,
      [field]: value,
    })),
  ];
}

/** The event that would rebuild what is known of the incident. */
function factsOf({ facts, timestamp }: Call): FactsReported[] {
  return facts ? [{ type: 'facts_reported', call_id: '', at: timestamp, facts }] : [];
}

/** The events that would rebuild who has a call, and what was done to reach people. */
function reachingOf({ owner, line, incident_id, heard_messages, timeline, timestamp }: Call) {
  const call_id = '';
  const at = timestamp;
  const events: CallEvent[] = [
    ...Object.entries(heard_messages ?? {}).map(([message_id, at]) => ({
      type: 'message_heard' as const,
      call_id,
      at,
      message_id,
    })),
    ...Object.entries(timeline ?? {}).map(([id, entry]) => ({
      type: 'timeline_added' as const,
      call_id,
      id,
      entry,
    })),
  ];
  if (owner) events.push({ type: 'owner_changed', call_id, at, owner });
  if (line) events.push({ type: 'line_moved', call_id, at, line });
  if (incident_id) events.push({ type: 'incident_joined', call_id, at, incident_id });
  return events;
}

function withoutUrgency({ urgency: _, ...by }: Judgement & { urgency: Urgency }): Judgement {
  return by;
}
