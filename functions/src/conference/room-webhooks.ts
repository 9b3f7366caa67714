import { z } from 'zod';
import { CALL_SID } from '../calls/ids.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Conferences } from '../twilio/calling.ts';
import type { Accepted, SignedAnswer } from '../webhooks/app.ts';
import type { Link } from '../webhooks/link.ts';
import { TERMINAL } from '../webhooks/parameters.ts';
import { type Speaker, speakerOf } from '../webhooks/speaker.ts';
import { within } from '../within.ts';
import { type Addresses, CallerQuery, RoomQuery, readQuery } from './addresses.ts';
import { type CallerLine, linkAfter } from './caller-line.ts';
import { CALLER, closed, entered, exited, legsInside } from './changes.ts';
import { enterAsCaller, hangUp } from './documents.ts';
import { backFrom, backWithoutKnowing, callerWaits } from './instead.ts';
import type { Legs } from './legs.ts';
import type { Calls, Holding } from './ports.ts';
import { CONFERENCE_SID, type Conference } from './record.ts';
import type { Rooms } from './rooms.ts';
import { toldOfTranscription } from './told.ts';

/** Milliseconds that a caller waits for our database between a room and the turn after it. */
const BACK_WITHIN = 1_500;

const CallerForm = z.object({
  CallSid: z.string().regex(CALL_SID),
  CallStatus: z.string().max(32).catch(''),
});

/** https://www.twilio.com/docs/voice/twiml/conference#attributes-statusCallback */
const ConferenceForm = z.object({
  StatusCallbackEvent: z.string().max(64),
  ConferenceSid: z.string().regex(CONFERENCE_SID),
  /** Absent on events of the whole conference. */
  CallSid: z.string().regex(CALL_SID).optional().catch(undefined),
});

export interface RoomWebhooksOptions {
  rooms: Rooms;
  calls: Calls;
  legs: Pick<Legs, 'tell' | 'openWhispers'>;
  callerLine: CallerLine;
  holding: Pick<Holding, 'sendOn'>;
  conferences: Pick<Conferences, 'participants'>;
  addresses: Addresses;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** What Twilio asks and tells of the rooms in which callers and supervisors are joined. */
export function createRoomWebhooks(options: RoomWebhooksOptions) {
  const { rooms, calls, legs, callerLine, holding, addresses, now, log } = options;

  /** The caller was redirected here: into the room, where somebody is still in it. */
  async function callerJoin(accepted: Accepted): Promise<SignedAnswer> {
    const asked = read(accepted);
    if (!asked) return { twiml: backWithoutKnowing(addresses, accepted) };
    const { query, link } = asked;
    const known = await rooms.read(query.call);
    if (!known || known.room !== query.room || legsInside(known).length === 0) {
      return { twiml: backFrom(addresses, link, query.room, false) };
    }
    const transcribed = known.transcription !== 'off';
    if (!transcribed) {
      await calls.apply([toldOfTranscription(query.call, query.room, timeLike(link), 'off')]);
    }
    const { room, base, from, to } = query;
    return { twiml: enterAsCaller(addresses, { link, room, base, from, to, transcribed }) };
  }

  /** The caller waits in a room: they are sent on where they would wait alone. */
  async function callerWait(accepted: Accepted): Promise<SignedAnswer> {
    const asked = read(accepted);
    if (asked && !(await isSomebodyThere(asked.query, asked.form.CallSid))) {
      const { call, room } = asked.query;
      await rooms.change(call, (known) => closed(known, room, timeLike(asked.link)));
      await holding.sendOn(call);
    }
    return { twiml: callerWaits(accepted) };
  }

  async function isSomebodyThere({ call, room }: CallerQuery, callSid: string): Promise<boolean> {
    const known = await rooms.read(call);
    if (!known || known.room !== room || legsInside(known).length === 0) return false;
    if (known.sid === undefined) return true;
    const there = await options.conferences.participants(known.sid);
    return there.some((participant) => participant.callSid !== callSid);
  }

  /** The caller's room is over and the caller is not: on with Aurora, or into the hold. */
  async function dialStatus(accepted: Accepted): Promise<SignedAnswer> {
    const asked = read(accepted);
    if (!asked) return { twiml: backWithoutKnowing(addresses, accepted) };
    const { query, form, link } = asked;
    const at = timeLike(link);
    try {
      const [changed, call] = await within(
        BACK_WITHIN,
        Promise.all([
          rooms.change(query.call, (known) =>
            closed(exited(known, query.room, CALLER, at), query.room, at),
          ),
          calls.live(query.call),
        ]),
      );
      if (TERMINAL.has(form.CallStatus)) return { twiml: hangUp() };
      if (!changed) return { twiml: backWithoutKnowing(addresses, accepted) };
      const next = linkAfter(changed.after, link);
      const going = heldOrNot(next, speakerOf(next, call && { call }, now()));
      const transcribed = changed.after.transcription !== 'off';
      return { twiml: backFrom(addresses, going, query.room, transcribed) };
    } catch (thrown) {
      log.warn('A caller left a room whose record could not be read; Aurora goes on.', {
        error: asError(thrown),
      });
      return { twiml: backWithoutKnowing(addresses, accepted) };
    }
  }

  async function conferenceStatus({ query: sent, form: posted }: Accepted): Promise<SignedAnswer> {
    const query = readQuery(RoomQuery, sent);
    const form = ConferenceForm.safeParse(posted);
    if (!query || !form.success) {
      log.error('A signed callback of a conference is malformed; nothing is changed.', {});
      return { status: 204 };
    }
    const { StatusCallbackEvent: event, ConferenceSid: sid, CallSid } = form.data;
    const { call, room } = query;
    const at = isoInZone(now(), zoneOf((await rooms.read(call))?.caller.at ?? ''));
    if (event === 'conference-end') {
      const changed = await rooms.change(call, (known) => closed(known, room, at));
      await callerLine.dontLeaveAlone(call, changed?.after);
      return { status: 204 };
    }
    if (CallSid === undefined) return { status: 204 };
    if (event === 'participant-join') await came(call, room, CallSid, sid);
    if (event === 'participant-leave') {
      const changed = await rooms.change(call, (known) => {
        const who = whoIs(known, CallSid);
        return who === undefined ? known : exited(known, room, who, at);
      });
      await callerLine.dontLeaveAlone(call, changed?.after);
    }
    return { status: 204 };
  }

  async function came(call: string, room: number, callSid: string, sid: string): Promise<void> {
    const changed = await rooms.change(call, (known) => {
      const who = whoIs(known, callSid);
      return who === undefined ? known : entered(known, room, who, sid);
    });
    const who = changed && whoIs(changed.after, callSid);
    if (!changed || who === undefined) return;
    if (who === CALLER) {
      await callerLine.dontLeaveAlone(call, changed.after);
      return;
    }
    await legs.openWhispers(changed.after);
    await callerLine.admit(call);
    if (changed.before?.legs[who]?.entered === 0) await legs.tell(call, who, 'joined');
  }

  function read({ query: sent, form: posted, link }: Accepted) {
    const query = readQuery(CallerQuery, sent);
    const form = CallerForm.safeParse(posted);
    if (query && form.success && link && link.call === query.call) {
      return { query, form: form.data, link };
    }
    log.error("A signed webhook of a caller's room is malformed; the call begins anew.", {});
    return undefined;
  }

  function timeLike({ startedAt }: Link): string {
    return isoInZone(now(), zoneOf(startedAt));
  }

  return {
    callerJoin,
    callerWait,
    dialStatus,
    conferenceStatus,
  };
}

export type RoomWebhooks = ReturnType<typeof createRoomWebhooks>;

function whoIs({ call_sid, legs }: Conference, callSid: string): string | undefined {
  if (callSid === call_sid) return CALLER;
  return Object.keys(legs).find((id) => legs[id]?.sid === callSid);
}

/** The link as the owner has it: a supervisor's call is held, Aurora's goes on. */
function heldOrNot(link: Link, speaker: Speaker): Link {
  const heldUntil = speaker.kind === 'supervisor' ? speaker.until : undefined;
  return { ...link, epoch: speaker.epoch, heldUntil };
}
