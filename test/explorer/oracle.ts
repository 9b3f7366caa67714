import type {
  CallEnded,
  CallEvent,
  CallNoted,
  CallStarted,
  Fact,
  FactKind,
  Message,
  Urgency,
} from '../../functions/src/calls/model.ts';
import { URGENCIES } from '../../functions/src/calls/model.ts';
import { reduce } from '../../functions/src/calls/reduce.ts';
import { instant } from '../../functions/src/calls/times.ts';
import { live } from '../../functions/src/paths.ts';
import type { Ledger } from './ledger.ts';
import { canonical, type RealtimeStore } from './realtime-database.ts';
import type { World } from './world.ts';

/**
 * One batch that was sent. A certain one must have had its effect; another (the outbox never said
 * that something holds it, and its instance died) may have.
 */
export interface Sent {
  events: readonly CallEvent[];
  isCertain: boolean;
}

/** What must be true of one call, worked out from what was sent and not from how it was written. */
export interface Expected {
  started: CallStarted[];
  certain: CallEvent[];
  possible: CallEvent[];
}

/** All batches of each call and of the calls that continue it, by the first one's id. */
export function sentByCall({ ledger, realtime, instances }: World): Map<string, Sent[]> {
  const calls = new Map<string, Sent[]>();
  const note = (events: readonly CallEvent[], isCertain: boolean) => {
    const id = callIdOf(events, realtime);
    if (id === undefined) return;
    const sent = calls.get(id);
    if (sent) sent.push({ events, isCertain });
    else calls.set(id, [{ events, isCertain }]);
  };
  const alive = new Set(instances.map(({ host }) => host).filter((host) => host.alive));
  const dead = new Set(deadTasks(ledger));
  for (const { events, state } of ledger.tasks) note(events, state === 'done');
  for (const { events, held, host } of ledger.batches) {
    note(events, (held || alive.has(host)) && !dead.has(JSON.stringify(events)));
  }
  return calls;
}

/**
 * What one call of a chain was sent: batches whose words it has, or that no call has; those without
 * words may have gone to any call of the chain. Where nothing continues the call, it is everything.
 */
export function expectedOf(
  sent: readonly Sent[],
  { isAlone, isFirst, has, othersHave }: Place,
): Expected {
  const expected: Expected = { started: [], certain: [], possible: [] };
  for (const { events, isCertain } of sent) {
    const ids = messagesOf(events).map(({ id }) => id);
    const isHere = isAlone || ids.some(has) || (isFirst && !ids.some(othersHave));
    if (!isHere && ids.length) continue;
    const kind = isCertain && isHere && (isAlone || ids.length > 0) ? 'certain' : 'possible';
    for (const event of events) {
      if (event.type === 'call_started') expected.started.push(event);
      expected[kind].push(event);
    }
  }
  return expected;
}

export interface Place {
  /** Nothing continues the call. */
  isAlone: boolean;
  isFirst: boolean;
  /** Whether the call, or another of its chain, has a message. */
  has: (messageId: string) => boolean;
  othersHave: (messageId: string) => boolean;
}

/** The call that a batch belongs to: the first call that claimed its CallSid. */
export function callIdOf(events: readonly CallEvent[], { get }: RealtimeStore): string | undefined {
  const started = events.find((event) => event.type === 'call_started');
  if (started?.continues !== undefined) return started.call_id;
  const sid = events
    .map((event) => ('call_sid' in event ? event.call_sid : undefined))
    .find(Boolean);
  const claimed = sid === undefined ? null : get(live.callSid(sid));
  if (typeof claimed === 'string') return claimed;
  return events.find(({ call_id }) => call_id !== undefined)?.call_id;
}

function deadTasks({ tasks }: Ledger): string[] {
  return tasks.filter(({ state }) => state === 'dead').map(({ events }) => JSON.stringify(events));
}

export function messagesOf(events: readonly CallEvent[]): Message[] {
  return events.flatMap((event) => (event.type === 'message_added' ? [event.message] : []));
}

export function notesOf(events: readonly CallEvent[]): CallNoted[] {
  return events.filter((event) => event.type === 'call_noted');
}

export function factsOf(events: readonly CallEvent[], kind: FactKind): Fact[] {
  return events.flatMap((event) => {
    const fact = event.type === 'facts_reported' ? event.facts[kind] : undefined;
    return fact ? [fact] : [];
  });
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
