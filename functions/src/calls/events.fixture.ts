import fc from 'fast-check';
import type { Grounding } from './grounding.ts';
import { callId, conversationId, messageId } from './ids.ts';
import {
  type CallEvent,
  type CallStarted,
  FACT_KINDS,
  type Fact,
  type Facts,
  type FinalAction,
  type Judgement,
  type Owner,
  type Role,
} from './model.ts';
import { type TimelineEntry, timelineId } from './timeline.ts';
import { isoInZone } from './times.ts';

/** Events for tests: one call, and arbitraries of what may happen in it. */

export const CALL_SID = 'CA0123456789abcdef0123456789abcdef';
const START = Date.parse('2025-10-04T14:30:00+05:30');
export const CALL_ID = callId({
  mobileNo: '+15550100001',
  sid: CALL_SID,
  now: START,
  timeZone: 'Asia/Kolkata',
});

export function at(secondsAfterStart: number): string {
  return isoInZone(START + secondsAfterStart * 1_000, 'Asia/Kolkata');
}

export const STARTED: CallStarted = {
  type: 'call_started',
  call_id: CALL_ID,
  conversation_id: conversationId(CALL_ID),
  at: at(0),
  worker_id: 'unknown',
  mobile_no: '+15550100001',
  medium: 'Voice',
  company_id: 'demo',
  call_sid: CALL_SID,
};

export function message(n: number, role: Role, content: string, seconds = n): CallEvent {
  const id = messageId({ n, random: 'abcdef0123' }, role);
  return {
    type: 'message_added',
    call_id: CALL_ID,
    message: { id, role, content, timestamp: at(seconds), sources: '' },
  };
}

export function ended(seconds: number, end_reason = 'completed'): CallEvent {
  return { type: 'call_ended', call_id: CALL_ID, call_sid: CALL_SID, at: at(seconds), end_reason };
}

export function judged(
  urgency: 'NORMAL' | 'URGENT' | 'CRITICAL',
  turn: number,
  kind: Judgement['kind'] = 'aurora',
): CallEvent {
  const by = { kind, turn, at: at(turn), ...(kind === 'supervisor' ? { id: 'admin_demo' } : {}) };
  return { type: 'urgency_changed', call_id: CALL_ID, urgency, by };
}

export function noted(
  seconds: number,
  {
    by = 'admin_demo',
    final_action,
    admin_notes,
  }: { by?: string; final_action?: FinalAction | undefined; admin_notes?: string | undefined },
): CallEvent {
  return {
    type: 'call_noted',
    call_id: CALL_ID,
    at: at(seconds),
    by,
    ...(final_action === undefined ? {} : { final_action }),
    ...(admin_notes === undefined ? {} : { admin_notes }),
  };
}

export function reported(turn: number, facts: Readonly<Record<string, Partial<Fact>>>): CallEvent {
  const whole = Object.entries(facts).map(([kind, fact]) => [
    kind,
    { value: 'hall 3', confidence: 0.9, turn, at: at(turn), by: 'words', ...fact },
  ]);
  return {
    type: 'facts_reported',
    call_id: CALL_ID,
    at: at(turn),
    facts: Object.fromEntries(whole) as Facts,
  };
}

export function owned(epoch: number, seconds: number, id?: string): CallEvent {
  const owner: Owner = id
    ? { kind: 'supervisor', id, epoch, until: at(seconds + 45) }
    : { kind: 'aurora', epoch };
  return { type: 'owner_changed', call_id: CALL_ID, at: at(seconds), owner };
}

export function happened(seconds: number, entry: Omit<TimelineEntry, 'at'>): CallEvent {
  const id = timelineId(entry.step, seconds, entry.whom ?? '');
  return { type: 'timeline_added', call_id: CALL_ID, id, entry: { at: at(seconds), ...entry } };
}

export const GROUNDING: Grounding = {
  rung: 'hedge',
  passages: [
    { id: 'fire#step-1', version: 3, hash: '0123456789ab', score: 0.75 },
    { id: 'fire#step-2', version: 3, hash: 'ba9876543210' },
  ],
  pack: 'demo@7',
  model: 'llama-3.3-70b',
  prompt: '4',
};

const anyFact = fc.record({
  value: fc.constantFrom('hall 3', 'hall 4', '2'),
  confidence: fc.constantFrom(0.3, 0.5, 0.9),
  by: fc.constantFrom<Fact['by']>('words', 'model'),
});

const admin = fc.constantFrom('admin_a', 'admin_b');
const turn = fc.integer({ min: 0, max: 9 });

/** Each message id always comes with the same content, as every writer makes it. */
export const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  fc
    .tuple(turn, fc.constantFrom<Role>('user', 'assistant', 'admin'))
    .map(([n, role]) => message(n, role, `words of turn ${n}`)),
  fc
    .tuple(
      fc.constantFrom('NORMAL' as const, 'URGENT' as const, 'CRITICAL' as const),
      turn,
      fc.constantFrom<Judgement['kind']>('aurora', 'silence', 'supervisor'),
    )
    .map((parts) => judged(...parts)),
  fc
    .tuple(fc.integer({ min: 10, max: 20 }), fc.constantFrom('completed', 'failed'))
    .map((parts) => ended(...parts)),
  fc.tuple(turn, fc.constantFrom('worker_a', 'worker_b')).map(
    ([seconds, worker_id]): CallEvent => ({
      type: 'worker_identified',
      call_id: CALL_ID,
      worker_id,
      at: at(seconds),
    }),
  ),
  fc.tuple(turn, admin).map(
    ([seconds, by]): CallEvent => ({
      type: 'call_acknowledged',
      call_id: CALL_ID,
      by,
      at: at(seconds),
    }),
  ),
  fc.tuple(turn, admin, fc.constantFrom('d0123456789abcdef', 'dfedcba9876543210')).map(
    ([seconds, by, id]): CallEvent => ({
      type: 'help_dispatched',
      call_id: CALL_ID,
      id,
      dispatch: { at: at(seconds), by, who: 'ambulance', what: 'to gate 3' },
    }),
  ),
  fc
    .tuple(turn, fc.dictionary(fc.constantFrom(...FACT_KINDS), anyFact, { maxKeys: 3 }))
    .map((parts) => reported(...parts)),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), turn)
    // An epoch is given out once: whose it is follows from it.
    .map(([epoch, seconds]) => owned(epoch, seconds, ['', 'admin_a', 'admin_b', ''][epoch])),
  fc.tuple(fc.integer({ min: 0, max: 2 }), turn).map(
    ([epoch, n]): CallEvent => ({
      type: 'line_moved',
      call_id: CALL_ID,
      at: at(n),
      line: { epoch, turn: n, link: `ep=${epoch}&turn=${n}-abcdef` },
    }),
  ),
  fc.tuple(turn, turn).map(
    ([n, seconds]): CallEvent => ({
      type: 'message_heard',
      call_id: CALL_ID,
      at: at(seconds),
      message_id: messageId({ n, random: 'abcdef0123' }, 'admin'),
    }),
  ),
  fc
    .tuple(turn, fc.constantFrom('page_sent' as const, 'taken_over' as const), admin)
    .map(([seconds, step, whom]) => happened(seconds, { step, whom })),
  fc.tuple(turn, fc.constantFrom('inc_20251004_143000_abcdef', 'inc_20251004_142900_abcdef')).map(
    ([seconds, incident_id]): CallEvent => ({
      type: 'incident_joined',
      call_id: CALL_ID,
      at: at(seconds),
      incident_id,
    }),
  ),
  fc
    .record({
      seconds: turn,
      by: admin,
      final_action: fc.constantFrom(undefined, 'drill' as const, 'resolved' as const),
      admin_notes: fc.constantFrom(undefined, '', 'seen', 'sent the brigade'),
    })
    .map(({ seconds, by, final_action, admin_notes }) =>
      noted(seconds, { by, final_action, admin_notes }),
    ),
);
