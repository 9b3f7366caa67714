import type { Conference, Leg, LegState, Mode } from './record.ts';

/**
 * How a conference changes. Twilio's callbacks come in any order, late and repeated: each change is
 * idempotent, no leg steps back, and what belongs to a room that is over changes nothing.
 *
 * A room ends when its keystone leaves, or the caller does; then Twilio asks on both sides what is
 * next, and who is left goes into a room with the next number. So the caller needs no callback of
 * ours to get out of a room that nobody else is in.
 */
export const CALLER = 'caller';
export type Who = typeof CALLER | string;

/** Milliseconds in which Twilio tells that a transcription has begun. */
const HEARD_WITHIN = 15_000;

const RANK: Record<LegState, number> = {
  requested: 0,
  ringing: 1,
  answered: 2,
  joined: 3,
  left: 4,
  failed: 4,
};

export function isAlive({ state }: Leg): boolean {
  return RANK[state] < RANK.left;
}

/** Whether the leg is in the present room, as far as is known. */
export function isInside(conference: Conference, leg: Leg): boolean {
  const { room } = conference;
  return leg.state === 'joined' && leg.entered === room && leg.exited < room;
}

export function legsInside(conference: Conference): string[] {
  return Object.keys(conference.legs).filter((id) => isInside(conference, leg(conference, id)));
}

/** The leg that speaks or is on its way to; there is one at most. */
export function speakerOf({ legs }: Conference): string | undefined {
  return Object.keys(legs).find((id) => {
    const known = legs[id];
    return known?.mode === 'speak' && isAlive(known);
  });
}

export function aliveLegOf({ legs }: Conference, adminId: string): string | undefined {
  return Object.keys(legs).find((id) => {
    const known = legs[id];
    return known?.admin_id === adminId && isAlive(known);
  });
}

/** Whether the caller is, or was sent, where nobody else is: then they are sent on. */
export function isCallerAlone(conference: Conference): boolean {
  return conference.caller.state !== 'out' && legsInside(conference).length === 0;
}

/** Whether a supervisor's voice reaches the caller in this room. */
export function isHumanSpeaking(conference: Conference): boolean {
  return legsInside(conference).some((id) => leg(conference, id).mode === 'speak');
}

/**
 * Whether the caller has been in the room so long (milliseconds) that Twilio would have told of its
 * transcription, and nobody but Aurora could hear them.
 */
export function isUnheard(conference: Conference, now: number): boolean {
  const { caller, heard_room, room } = conference;
  if (caller.state !== 'in' || heard_room >= room || isHumanSpeaking(conference)) return false;
  return now - Date.parse(caller.at) > HEARD_WITHIN;
}

/** The next leg's id. */
export function nextLegId({ legs }: Conference): string {
  return `leg${Object.keys(legs).length + 1}`;
}

export function requested(
  conference: Conference,
  id: string,
  asked: { admin_id: string; mode: Mode; requested_at: string },
): Conference {
  if (conference.legs[id]) return conference;
  const made: Leg = { ...asked, state: 'requested', entered: 0, exited: 0 };
  return { ...conference, legs: { ...conference.legs, [id]: made } };
}

/** Twilio's id of a leg, and that it rings or was answered; never a step back. */
export function reached(
  conference: Conference,
  id: string,
  state: 'ringing' | 'answered',
  sid?: string,
): Conference {
  return changeLeg(conference, id, (known) => ({ ...ahead(known, state), ...named(known, sid) }));
}

/** 1 was pressed: the leg goes into the present room, whose keystone it is where there is none. */
export function pressed(conference: Conference, id: string, sid: string): Conference {
  const known = conference.legs[id];
  if (!known || !isAlive(known)) return conference;
  const after = changeLeg(conference, id, (before) => ({
    ...ahead(before, 'answered'),
    ...named(before, sid),
    pressed: true,
  }));
  return keystoned(after, id);
}

/** A leg that is left over when its room has ended goes into the next one. */
export function returned(conference: Conference, id: string, room: number, at: string): Conference {
  const after = closed(conference, room, at);
  const known = after.legs[id];
  return known && isAlive(known) ? keystoned(after, id) : after;
}

/** A leg on its way into the present room is its keystone where there is none. */
export function keystoned(conference: Conference, id: string): Conference {
  const holder = conference.keystone && conference.legs[conference.keystone];
  return holder && isAlive(holder) ? conference : { ...conference, keystone: id };
}

export function entered(
  conference: Conference,
  room: number,
  who: Who,
  sid: string | undefined,
): Conference {
  const here = room === conference.room && sid ? { ...conference, sid } : conference;
  if (who === CALLER) {
    const { caller } = here;
    if (room !== here.room || caller.state !== 'sent' || caller.exited >= room) return here;
    return { ...here, caller: { ...caller, state: 'in' } };
  }
  return changeLeg(here, who, (known) =>
    isAlive(known) && room > known.entered ? { ...ahead(known, 'joined'), entered: room } : known,
  );
}

export function exited(conference: Conference, room: number, who: Who, at: string): Conference {
  if (who !== CALLER) {
    return changeLeg(conference, who, (known) => ({
      ...known,
      exited: Math.max(known.exited, room),
    }));
  }
  const { caller } = conference;
  if (room < conference.room || caller.exited >= room) return conference;
  return { ...conference, caller: { state: 'out', at, exited: room, exited_at: at } };
}

/** Nobody is in this room any more; the next one has the next number. */
export function closed(conference: Conference, room: number, at: string): Conference {
  if (room !== conference.room) return conference;
  const { sid: _, keystone: __, caller, legs, ...others } = conference;
  return {
    ...others,
    room: room + 1,
    caller: caller.state === 'out' ? caller : { state: 'out', at, exited: room, exited_at: at },
    legs: Object.fromEntries(
      Object.entries(legs).map(([id, known]) => [
        id,
        known.entered === room ? { ...known, exited: room } : known,
      ]),
    ),
  };
}

/** The caller is sent into the present room. */
export function callerSent(conference: Conference, at: string): Conference {
  if (conference.caller.state === 'in' || conference.caller.exited >= conference.room) {
    return conference;
  }
  return { ...conference, caller: { ...conference.caller, state: 'sent', at } };
}

/** The caller did not come, and may be sent again. */
export function callerNotSent(conference: Conference, room: number): Conference {
  if (room !== conference.room || conference.caller.state !== 'sent') return conference;
  return { ...conference, caller: { ...conference.caller, state: 'out' } };
}

/** The leg is over: `left` where it was in a room, else `failed`. The first reason stands. */
export function legEnded(conference: Conference, id: string, reason: string): Conference {
  const after = changeLeg(conference, id, (known) => {
    if (!isAlive(known)) return known;
    const state = known.state === 'joined' ? 'left' : 'failed';
    return { ...known, state, exited: Math.max(known.exited, known.entered), reason };
  });
  if (after.keystone !== id) return after;
  const { keystone: _, ...others } = after;
  return others;
}

export function modeChanged(conference: Conference, id: string, mode: Mode): Conference {
  return changeLeg(conference, id, (known) => (isAlive(known) ? { ...known, mode } : known));
}

/** A turn was taken in a room: what Aurora goes on from, and from which place on. */
export function turnTaken(conference: Conference, place: number, link?: string): Conference {
  return {
    ...conference,
    ...(link !== undefined && place > conference.place ? { link } : {}),
    place: Math.max(conference.place, place),
  };
}

function leg({ legs }: Conference, id: string): Leg {
  return legs[id] as Leg;
}

function changeLeg(conference: Conference, id: string, to: (known: Leg) => Leg): Conference {
  const known = conference.legs[id];
  if (!known) return conference;
  return { ...conference, legs: { ...conference.legs, [id]: to(known) } };
}

function ahead(known: Leg, state: LegState): Leg {
  return isAlive(known) && RANK[state] > RANK[known.state] ? { ...known, state } : known;
}

/** The first id stands: the leg's own callbacks all carry it. */
function named({ sid: known }: Leg, sid: string | undefined): { sid?: string } {
  const first = known ?? sid;
  return first === undefined ? {} : { sid: first };
}
