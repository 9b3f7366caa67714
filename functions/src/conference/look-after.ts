import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Conferences } from '../twilio/calling.ts';
import { isOver, type TwilioCallState } from '../twilio/calls.ts';
import type { CallerLine } from './caller-line.ts';
import { isAlive, isUnheard, legsInside } from './changes.ts';
import type { Legs } from './legs.ts';
import { withoutLostLegs } from './lost-legs.ts';
import type { Calls, Line } from './ports.ts';
import type { Conference } from './record.ts';
import type { Rooms } from './rooms.ts';
import { toldOfTranscription } from './told.ts';

export interface LookAfterOptions {
  rooms: Rooms;
  calls: Calls;
  legs: Pick<Legs, 'end'>;
  callerLine: CallerLine;
  conferences: Pick<Conferences, 'participants'>;
  line: Line;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * What no callback told: legs that are over at Twilio, callers who are alone in a room or whom Aurora
 * does not hear there, and records of calls that are over. Resolves to how much there was to do.
 */
export function createLookAfter(options: LookAfterOptions) {
  const { rooms, calls, legs, callerLine, line, now, log } = options;

  return async function lookAfter(): Promise<number> {
    const callIds = await rooms.callIds();
    const done = await Promise.all(
      callIds.map(async (callId) => {
        try {
          return await lookAfterOne(callId);
        } catch (thrown) {
          log.warn('A conference could not be looked after; the next minute does.', {
            error: asError(thrown),
          });
          return 0;
        }
      }),
    );
    return done.reduce((sum, count) => sum + count, 0);
  };

  async function lookAfterOne(callId: string): Promise<number> {
    const [call, known] = await Promise.all([calls.live(callId), rooms.read(callId)]);
    if (call?.status !== 'ACTIVE') return finish(callId, known);
    if (!known) return 0;
    const changed = await rooms.change(callId, (before) => withoutLostLegs(before, now()));
    const alive = Object.entries(known.legs).filter(([, leg]) => isAlive(leg));
    const states = await Promise.all(
      alive.map(async ([id, { sid }]) => ({ id, state: sid && (await line.state(sid)) })),
    );
    let done = 0;
    for (const { id, state } of states) {
      if (state === '' || state === undefined || !isOver(state)) continue;
      await legs.end(callId, id, reasonOf(state));
      done++;
    }
    const current = (await rooms.read(callId)) ?? changed?.after;
    if (await callerLine.dontLeaveAlone(callId, current)) return done + 1;
    if (current && isUnheard(current, now())) {
      await rooms.change(callId, (before) => ({ ...before, transcription: 'failed' }));
      await callerLine.sendOut(callId, current);
      const at = isoInZone(now(), zoneOf(call.timestamp));
      await calls.apply([toldOfTranscription(callId, current.room, at, 'not_begun')]);
      return done + 1;
    }
    if (current && (await isParked(current))) {
      await callerLine.sendOut(callId, current);
      return done + 1;
    }
    return done;
  }

  /** By Twilio's own list: the caller is in a room, and nobody else. */
  async function isParked({ sid, call_sid, ...conference }: Conference): Promise<boolean> {
    if (sid === undefined || legsInside({ call_sid, ...conference }).length === 0) return false;
    const there = await options.conferences.participants(sid);
    return there.length === 1 && there[0]?.callSid === call_sid;
  }

  /** The call is over: no phone rings or stays joined for it. */
  async function finish(callId: string, known: Conference | undefined): Promise<number> {
    const alive = Object.values(known?.legs ?? {}).filter(isAlive);
    for (const { sid } of alive) if (sid !== undefined) await line.hangUp(sid);
    await rooms.remove(callId);
    return alive.length;
  }
}

function reasonOf({ status }: TwilioCallState): string {
  return status === 'completed' ? 'hung_up' : status.replace('-', '_');
}
