import type { CallExport } from './call-export.ts';

/** One line of a call's record: who did or said what, and when. */
export interface Happening {
  /** ISO 8601 with offset. */
  at: string;
  kind: 'said' | 'step' | 'acknowledged' | 'dispatched' | 'audit';
  who: string;
  what: string;
  detail: string;
}

/** Everything that happened in a call, in order. */
export function happeningsOf({ call, messages, people, audit }: CallExport): Happening[] {
  const nameOf = (id: string | undefined) => (id === undefined ? '' : (people[id] ?? id));
  const worker = people[call.worker_id] ?? 'Caller';
  const speakers = { user: worker, assistant: 'Aurora', admin: 'Supervisor' } as const;
  const said = messages.map(({ timestamp, role, content, sources, spoken }) => ({
    at: timestamp,
    kind: 'said' as const,
    who: speakers[role],
    what: content,
    detail: joined(sources && `from: ${sources}`, spoken === false && 'not spoken'),
  }));
  const steps = call.timeline.map(({ at, step, by, whom, channel, reason }) => ({
    at,
    kind: 'step' as const,
    who: by === undefined ? 'Aurora' : nameOf(by),
    what: step,
    detail: joined(nameOf(whom), channel, reason),
  }));
  const seen = call.acknowledged.map(({ at, by }) => ({
    at,
    kind: 'acknowledged' as const,
    who: nameOf(by),
    what: '',
    detail: '',
  }));
  const sent = call.dispatches.map(({ at, by, who, what, eta }) => ({
    at,
    kind: 'dispatched' as const,
    who: nameOf(by),
    what: who,
    detail: joined(what, eta && `expected ${eta}`),
  }));
  const kept = (audit ?? []).map(({ at, action, who, from }) => ({
    at,
    kind: 'audit' as const,
    who: nameOf(who.id),
    what: action,
    detail: joined(who.kind, from?.ip),
  }));
  return [...said, ...steps, ...seen, ...sent, ...kept].sort(
    // Of one instant the order above stands: what was said comes before what came of it.
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
}

/** What is known of the call as a whole, by name. */
export function headOf({ call, people }: CallExport): [name: string, value: string][] {
  const fact = (value: { value: string } | null) => value?.value ?? '';
  return [
    ['Call', call.call_id],
    ['Began', call.timestamp],
    ['Ended', call.ended_at ?? ''],
    ['Duration in seconds', String(call.duration_seconds ?? '')],
    ['Caller', people[call.worker_id] ?? ''],
    ['Number', call.mobile_no],
    ['Medium', call.medium],
    ['Urgency', call.urgency],
    ['Where', fact(call.facts.where)],
    ['Hazard', fact(call.facts.hazard)],
    ['Injured', fact(call.facts.injured)],
    ['Trapped', fact(call.facts.trapped)],
    ['Call back at', fact(call.facts.callback)],
    ['Outcome', call.final_action ?? ''],
    ['Notes', call.admin_notes ?? ''],
    ['Legal hold', call.legal_hold?.reason ?? ''],
    ['Incident', call.incident_id ?? ''],
  ];
}

function joined(...parts: (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
