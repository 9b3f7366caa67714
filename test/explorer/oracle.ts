import type {
  CallEnded,
  CallEvent,
  CallStarted,
  Message,
  Urgency,
} from '../../functions/src/calls/model.ts';
import { URGENCIES } from '../../functions/src/calls/model.ts';
import { reduce } from '../../functions/src/calls/reduce.ts';
import { instant } from '../../functions/src/calls/times.ts';
import type { Ledger } from './ledger.ts';
import { canonical } from './realtime-database.ts';
import type { World } from './world.ts';

/**
 * What must be true of each call, worked out from what was sent and not from how it was written.
 * `certain` events must have had their effect; `possible` ones (the outbox never said that something
 * holds them, and their instance died) may have.
 */
export interface Expected {
  started: CallStarted[];
  certain: CallEvent[];
  possible: CallEvent[];
}

/** By call id, as the CallSid's first claim decides. */
export function expectedCalls({ ledger, realtime, instances }: World): Map<string, Expected> {
  const claimOf = (sid: string | undefined) =>
    sid === undefined ? null : realtime.get(`call_sids/${sid}`);
  const callIdOf = (events: readonly CallEvent[]): string | undefined => {
    const started = events.find((event) => event.type === 'call_started');
    if (started?.continues !== undefined) return started.call_id;
    const sid = events.find((event) => 'call_sid' in event) as { call_sid?: string } | undefined;
    const claimed = claimOf(sid?.call_sid);
    if (typeof claimed === 'string') return claimed;
    return events.find(({ call_id }) => call_id !== undefined)?.call_id;
  };
  const calls = new Map<string, Expected>();
  const note = (events: readonly CallEvent[], kind: 'certain' | 'possible') => {
    const id = callIdOf(events);
    if (id === undefined) return;
    const call = calls.get(id) ?? { started: [], certain: [], possible: [] };
    calls.set(id, call);
    for (const event of events) {
      if (event.type === 'call_started') call.started.push(event);
      call[kind].push(event);
    }
  };
  const alive = new Set(instances.map(({ host }) => host).filter((host) => host.alive));
  const dead = new Set(deadTasks(ledger));
  for (const { events, state } of ledger.tasks)
    note(events, state === 'done' ? 'certain' : 'possible');
  for (const { events, held, host } of ledger.batches) {
    const isHeld = (held || alive.has(host)) && !dead.has(JSON.stringify(events));
    note(events, isHeld ? 'certain' : 'possible');
  }
  return calls;
}

function deadTasks({ tasks }: Ledger): string[] {
  return tasks.filter(({ state }) => state === 'dead').map(({ events }) => JSON.stringify(events));
}

export function messagesOf(events: readonly CallEvent[]): Message[] {
  return events.flatMap((event) => (event.type === 'message_added' ? [event.message] : []));
}

export function endsOf(events: readonly CallEvent[]): CallEnded[] {
  return events.filter((event) => event.type === 'call_ended');
}

/** The ends that may stand: the earliest that is certain, or a possible one before it. */
export function allowedEnds({ certain, possible }: Expected): CallEnded[] {
  const order = (a: CallEnded, b: CallEnded) =>
    instant(a.at) - instant(b.at) || (a.end_reason < b.end_reason ? -1 : 1);
  const [first] = endsOf(certain).sort(order);
  const others = endsOf(possible).filter((end) => !first || order(end, first) < 0);
  return first ? [first, ...others] : others;
}

/**
 * Urgency in turn order, as a person would tell it (I5): within a turn Aurora's judgement comes
 * first and can only raise, then the supervisor's, which stands.
 */
export function urgencyInTurnOrder(events: readonly CallEvent[]): Urgency {
  const judgements = events
    .filter((event) => event.type === 'urgency_changed')
    .sort(
      ({ by: a }, { by: b }) =>
        a.turn - b.turn ||
        Number(a.kind === 'supervisor') - Number(b.kind === 'supervisor') ||
        instant(a.at) - instant(b.at) ||
        (canonical({ id: a.id ?? '' }) < canonical({ id: b.id ?? '' }) ? -1 : 1),
    );
  let urgency: Urgency = 'NORMAL';
  for (const { by, urgency: judged } of judgements) {
    if (by.kind === 'supervisor') urgency = judged;
    else if (URGENCIES.indexOf(judged) > URGENCIES.indexOf(urgency)) urgency = judged;
  }
  return urgency;
}

export interface JudgedUrgency {
  urgency: Urgency;
  /** Canonical JSON of `urgency_by`. */
  by: string;
}

/** For each choice of the possible judgements: urgency in turn order, and why, by the fold. */
export function allowedUrgencies({ started, certain, possible }: Expected): JudgedUrgency[] {
  // A call that was begun twice keeps the time of whichever beginning came first.
  const beginnings = [...new Map(started.map((begun) => [begun.at, begun])).values()];
  const sure = certain.filter((event) => event.type === 'urgency_changed');
  const known = new Set(sure.map((event) => JSON.stringify(event)));
  const open = [
    ...new Map(
      possible
        .filter((event) => event.type === 'urgency_changed')
        .map((event) => [JSON.stringify(event), event]),
    ),
  ].flatMap(([text, event]) => (known.has(text) ? [] : [event]));
  return subsets(open).flatMap((chosen) => {
    const events = [...sure, ...chosen];
    const urgency = urgencyInTurnOrder(events);
    return beginnings.map((begun) => {
      const { call } = reduce({}, [begun, ...events]);
      return { urgency, by: canonical(call?.urgency_by) };
    });
  });
}

function subsets<T>(items: readonly T[]): T[][] {
  let sets: T[][] = [[]];
  for (const item of items.slice(0, 6)) sets = sets.flatMap((set) => [set, [...set, item]]);
  return sets;
}
