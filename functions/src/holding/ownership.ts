import type { Call, CallEvent, Owner } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { type TimelineEntry, timelineId } from '../calls/timeline.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { notYours, taken } from './refusals.ts';

/**
 * Who may have a call after whom. Each of these looks at a live call and answers with the owner it
 * is to have and the events that make it so; without events nothing changes. What is refused
 * throws. Pure: whoever calls them writes by compare-and-set.
 */

/** Milliseconds for which a supervisor has a call unless the lease is renewed. */
export const LEASE = 45_000;

export interface Asking {
  callId: string;
  call: Call;
  /** Epoch milliseconds. */
  now: number;
}

export interface Change {
  owner: Owner;
  events: CallEvent[];
}

type Step = Pick<TimelineEntry, 'step' | 'by' | 'whom' | 'reason'>;

/** `from` names the supervisor from whom it is taken, where it may be. */
export function takenOver(asking: Asking, adminId: string, from?: string): Change {
  const holder = holderOf(asking);
  if (!holder) return next(asking, held(asking, adminId), { step: 'taken_over', by: adminId });
  if (holder.id === adminId) return renewedLease(asking, holder);
  if (from === undefined || from !== holder.id) throw taken(holder);
  return next(asking, held(asking, adminId), { step: 'taken_over', by: adminId, whom: from });
}

export function renewed(asking: Asking, adminId: string, epoch: number): Change {
  const holder = holderOf(asking);
  if (holder?.id !== adminId || holder.epoch !== epoch) throw notYours();
  return renewedLease(asking, holder);
}

export function released(asking: Asking, adminId: string, reason: string): Change {
  const owner = asking.call.owner ?? AURORA;
  if (owner.kind === 'aurora') return { owner, events: [] };
  const holder = holderOf(asking);
  if (owner.id !== adminId) throw holder ? taken(holder) : notYours();
  return next(asking, { kind: 'aurora' }, { step: 'released', by: adminId, reason });
}

export function transferred(asking: Asking, from: string, to: string): Change {
  const holder = holderOf(asking);
  if (holder?.id !== from) throw holder ? taken(holder) : notYours();
  if (to === from) return renewedLease(asking, holder);
  return next(asking, held(asking, to), { step: 'transferred', by: from, whom: to });
}

/** Undefined where nothing has lapsed. */
export function lapsed(asking: Asking): Change | undefined {
  const { owner } = asking.call;
  if (owner?.kind !== 'supervisor' || isHeld(asking.call, asking.now)) return undefined;
  return next(asking, { kind: 'aurora' }, { step: 'lease_lapsed', ...whom(owner) });
}

export function legJoined(asking: Asking, adminId: string, leg: string): Change {
  const holder = holderOf(asking);
  if (holder && holder.id !== adminId) throw taken(holder);
  if (holder?.leg === leg) return { owner: holder, events: [] };
  const owner = { kind: 'supervisor', id: adminId, leg } as const;
  // A leg outlasts every clock: in place of one it needs no epoch of its own.
  if (holder && holder.leg === undefined) return changed(asking, { ...owner, epoch: holder.epoch });
  return next(asking, owner, { step: 'taken_over', by: adminId });
}

/** Undefined where this leg does not hold the call. */
export function legLeft(
  asking: Asking,
  leg: string,
  reason: string,
  isDeliberate: boolean,
): Change | undefined {
  const { owner } = asking.call;
  if (owner?.kind !== 'supervisor' || owner.leg !== leg) return undefined;
  const step: Step = isDeliberate
    ? { step: 'released', ...by(owner), reason }
    : { step: 'lease_lapsed', ...whom(owner), reason };
  return next(asking, { kind: 'aurora' }, step);
}

const AURORA: Owner = { kind: 'aurora', epoch: 0 };

/** The supervisor who has the call at this moment. */
function holderOf({ call, now }: Asking): Owner | undefined {
  return isHeld(call, now) ? call.owner : undefined;
}

function held({ now, call }: Asking, id: string): Omit<Owner, 'epoch'> {
  return { kind: 'supervisor', id, until: isoInZone(now + LEASE, zoneOf(call.timestamp)) };
}

/** Under the same epoch; a leg needs no renewal. */
function renewedLease(asking: Asking, holder: Owner): Change {
  if (holder.leg !== undefined || holder.id === undefined) return { owner: holder, events: [] };
  return changed(asking, { ...holder, ...held(asking, holder.id) });
}

/** The next epoch: above all that were given out, and above that of the line, which outlives a call. */
function next(asking: Asking, owner: Omit<Owner, 'epoch'>, step: Step): Change {
  const { call, callId } = asking;
  const epoch = Math.max(call.owner?.epoch ?? 0, call.line?.epoch ?? 0) + 1;
  const change = changed(asking, { ...owner, epoch });
  const entry = { at: timeOf(asking), ...step, epoch };
  const id = timelineId('owner', epoch);
  return {
    ...change,
    events: [...change.events, { type: 'timeline_added', call_id: callId, id, entry }],
  };
}

function changed(asking: Asking, owner: Owner): Change {
  const { callId: call_id } = asking;
  return { owner, events: [{ type: 'owner_changed', call_id, at: timeOf(asking), owner }] };
}

function timeOf({ now, call }: Asking): string {
  return isoInZone(now, zoneOf(call.timestamp));
}

function by({ id }: Owner): Pick<Step, 'by'> {
  return id === undefined ? {} : { by: id };
}

function whom({ id }: Owner): Pick<Step, 'whom'> {
  return id === undefined ? {} : { whom: id };
}
