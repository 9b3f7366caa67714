import { isDeepStrictEqual } from 'node:util';
import { shortHash } from '../calls/ids.ts';
import type { Call } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Conferences } from '../twilio/calling.ts';
import { type Link, readLink, writeLink } from '../webhooks/link.ts';
import type { Addresses } from './addresses.ts';
import { mayBeJoined, type Refusal } from './admission.ts';
import { callerNotSent, callerSent, closed, isCallerAlone, legsInside } from './changes.ts';
import { sendToRoom } from './documents.ts';
import type { Calls, Holding, Line } from './ports.ts';
import type { Conference } from './record.ts';
import type { Rooms } from './rooms.ts';

/** Milliseconds that a caller who was sent into a room has to arrive, before they are sent again. */
const ARRIVES_WITHIN = 5_000;

/** Milliseconds for which Aurora is heard on the caller's own line before others listen again. */
const TAKES_UP = 8_000;

/** The highest place that a turn can have. */
export const LAST_PLACE = 999_999;

export interface CallerLineOptions {
  rooms: Rooms;
  calls: Calls;
  holding: Pick<Holding, 'sendOn'>;
  conferences: Pick<Conferences, 'participants'>;
  line: Pick<Line, 'redirect'>;
  addresses: Addresses;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Brings the caller into the room of supervisors and out of it. A caller goes in only while a leg is
 * inside, and is sent on whenever none is left: nobody is parked alone (I8).
 */
export function createCallerLine(options: CallerLineOptions) {
  const { rooms, calls, holding, conferences, line, addresses, now, log } = options;

  /**
   * Sends the caller into the present room, where that may be and has not been done. Resolves to why
   * not; asked again by every leg that waits inside.
   */
  async function admit(callId: string): Promise<Refusal | undefined> {
    const [call, known] = await Promise.all([calls.live(callId), rooms.read(callId)]);
    if (!known || call?.call_sid === undefined) return 'over';
    const refusal = mayBeJoined(call, known, now());
    if (refusal !== undefined) return refusal;
    if (legsInside(known).length === 0 || known.caller.state === 'in') return undefined;
    if (isBeingTold(call) || isJustOut(known, call, now())) return undefined;
    if (known.caller.state === 'sent') {
      if (now() - Date.parse(known.caller.at) < ARRIVES_WITHIN) return undefined;
      if (await isCallerThere(known)) return undefined;
    }
    const offered = await calls.linkOf(callId, call);
    const at = isoInZone(now(), zoneOf(call.timestamp));
    const link = { ...linkAfter(known, offered), epoch: call.owner?.epoch ?? offered.epoch };
    let isMine = false;
    await rooms.change(callId, (before) => {
      isMine = before.room === known.room && isDeepStrictEqual(before.caller, known.caller);
      if (!isMine) return before;
      const place = Math.max(before.place, link.turn.n);
      return { ...callerSent(before, at), link: writeLink(link), place };
    });
    // Somebody else sends the caller at this moment.
    if (!isMine) return undefined;
    const room = known.room;
    const base = Math.min(link.turn.n, LAST_PLACE);
    const of = { link, room, base, from: call.mobile_no, to: call.dialled_no };
    try {
      if (await line.redirect(known.call_sid, sendToRoom(addresses, of))) return undefined;
    } catch (thrown) {
      log.warn('A caller could not be sent into a room; the leg that waits asks again.', {
        error: asError(thrown),
      });
      await rooms.change(callId, (before) => callerNotSent(before, room));
      return undefined;
    }
    await rooms.change(callId, (before) => callerNotSent(before, room));
    return 'over';
  }

  /** Whether the caller is, or is sent, where the joined legs are; brings them there. */
  async function toLeg(callId: string): Promise<boolean> {
    if ((await admit(callId)) !== undefined) return false;
    const known = await rooms.read(callId);
    return known !== undefined && known.caller.state !== 'out' && !isCallerAlone(known);
  }

  /** By Twilio's own list: their callback may have been lost. */
  async function isCallerThere({ sid, call_sid }: Conference): Promise<boolean> {
    if (sid === undefined) return false;
    const there = await conferences.participants(sid);
    return there.some(({ callSid }) => callSid === call_sid);
  }

  /** Sends a caller on who would be alone; resolves to whether one was. */
  async function dontLeaveAlone(callId: string, known: Conference | undefined): Promise<boolean> {
    if (!known || !isCallerAlone(known)) return false;
    await sendOut(callId, known);
    return true;
  }

  /** Out of a room, to wherever the owner says. */
  async function sendOut(callId: string, { room, caller }: Conference): Promise<void> {
    await leaves(callId, room, caller.at);
    await holding.sendOn(callId);
  }

  /** The caller is sent on by somebody else: the room is over. */
  async function leaves(callId: string, room: number, like: string): Promise<void> {
    const at = isoInZone(now(), zoneOf(like));
    // One in which the caller is not yet is where the others come together again.
    await rooms.change(callId, (known) =>
      known.caller.state === 'out' ? known : closed(known, room, at),
    );
  }

  return { admit, toLeg, dontLeaveAlone, sendOut, leaves };
}

export type CallerLine = ReturnType<typeof createCallerLine>;

/** A supervisor's message is spoken on the caller's own line now: it is not cut off. */
function isBeingTold({ line }: Call): boolean {
  const link = line && readLink(new URLSearchParams(line.link));
  return link?.told !== undefined;
}

/** Aurora takes her words up on the caller's own line first, where she has the call. */
function isJustOut({ caller }: Conference, call: Call, now: number): boolean {
  if (caller.exited_at === undefined || isHeld(call, now)) return false;
  return now - Date.parse(caller.exited_at) < TAKES_UP;
}

/**
 * The turn that comes next: after what the line was offered and what was said in rooms, with what is
 * newest of the two.
 */
export function linkAfter({ call_sid, room, link, place }: Conference, offered: Link): Link {
  const kept = readLink(new URLSearchParams(link));
  const latest = kept && kept.turn.n > offered.turn.n ? kept : offered;
  const n = Math.min(Math.max(latest.turn.n, place) + 1, LAST_PLACE);
  const random = shortHash(`${call_sid}|${room}|${latest.turn.random}`, 10);
  return { ...latest, turn: { n, random } };
}
