import { z } from 'zod';
import { CALL_SID } from '../calls/ids.ts';
import type { Call } from '../calls/model.ts';
import { instant, isoInZone, zoneOf } from '../calls/times.ts';
import type { Log } from '../log.ts';
import type { Accepted, SignedAnswer } from '../webhooks/app.ts';
import { TERMINAL } from '../webhooks/parameters.ts';
import { type Addresses, LegQuery, readQuery } from './addresses.ts';
import { mayBeJoined, type Refusal, whyNot } from './admission.ts';
import type { CallerLine } from './caller-line.ts';
import {
  isAlive,
  keystoned,
  modeChanged,
  pressed,
  reached,
  returned,
  speakerOf,
} from './changes.ts';
import { askToJoin, enterAsSupervisor, hangUp, mayAskAgain, sayAndHangUp } from './documents.ts';
import { supervisorWaits } from './instead.ts';
import type { Legs } from './legs.ts';
import type { Calls, Holding, Line } from './ports.ts';
import type { Conference, Leg, Mode } from './record.ts';
import { isTaken } from './refusals.ts';
import type { Rooms } from './rooms.ts';

/** What Twilio sends of a supervisor's leg; of all that it may, this is read. */
const LegForm = z.object({
  CallSid: z.string().regex(CALL_SID),
  CallStatus: z.string().max(32).catch(''),
  AnsweredBy: z.string().max(32).catch(''),
  Digits: z.string().max(32).catch(''),
});

/** Reasons of legs that end before they are joined, by Twilio's status. */
const REASONS: Readonly<Record<string, string>> = {
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'canceled',
};

/** Rooms of one call: a leg that is thrown out of room after room is let go. */
const MOST_ROOMS = 200;

const OVER = 'The call is over. Goodbye.';
const HANDED_ON = 'This call was handed on. Goodbye.';
const AGAIN = 'One moment, the caller is being connected again.';

/** What a supervisor hears in a room whose caller is not there yet. */
const WAITING: Record<Exclude<Refusal, 'over'>, string> = {
  held_by_messages:
    'Another supervisor speaks by messages now. You hear the call when they are done.',
  not_transcribed:
    'Aurora cannot hear the caller in a conference now. Change to speaking on the page to be connected.',
};

export interface LegWebhooksOptions {
  rooms: Rooms;
  calls: Calls;
  legs: Legs;
  callerLine: CallerLine;
  holding: Holding;
  line: Line;
  addresses: Addresses;
  transcription: boolean;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** What Twilio asks and tells of supervisors' own phones. */
export function createLegWebhooks(options: LegWebhooksOptions) {
  const { rooms, calls, legs, callerLine, holding, line, addresses, now, log } = options;

  /** The leg was answered, by a person or a machine. */
  async function joinCall(accepted: Accepted): Promise<SignedAnswer> {
    const asked = await read(accepted);
    if (!asked) return { twiml: hangUp() };
    const { query, form, call, leg } = asked;
    if (!isOn(call) || !isAlive(leg)) return goodbye(query, 'call_over', OVER);
    if (isMachine(form.AnsweredBy)) {
      await legs.end(query.call, query.leg, 'machine');
      return { twiml: hangUp() };
    }
    await rooms.change(query.call, (known) => reached(known, query.leg, 'answered', form.CallSid));
    const words = announce(call, leg, now());
    return { twiml: askToJoin(addresses, { ...query, asked: query.asked, words }) };
  }

  /** A key was pressed, or none in time. */
  async function joinAnswer(accepted: Accepted): Promise<SignedAnswer> {
    const asked = await read(accepted);
    if (!asked) return { twiml: hangUp() };
    const { query, form, call, leg } = asked;
    if (!isOn(call)) return goodbye(query, 'call_over', OVER);
    if (!isAlive(leg)) return { twiml: sayAndHangUp(HANDED_ON) };
    if (form.Digits === '1') return enter(query, form.CallSid, call, leg);
    if (form.Digits === '' && mayAskAgain(query.asked)) {
      return { twiml: askToJoin(addresses, { ...query, words: announce(call, leg, now()) }) };
    }
    return goodbye(query, 'not_pressed', 'You are not joined. Goodbye.');
  }

  async function enter(query: LegQuery, sid: string, call: Call, leg: Leg): Promise<SignedAnswer> {
    const known = await rooms.read(query.call);
    const others = known && { ...known, legs: without(known.legs, query.leg) };
    const refusal = whyNot(leg.admin_id, leg.mode, call, others, {
      transcription: options.transcription,
      now: now(),
    });
    if (refusal !== undefined) return goodbye(query, refusal, HANDED_ON);
    if (leg.mode === 'speak') {
      try {
        await holding.legJoined(query.call, leg.admin_id, sid);
      } catch (thrown) {
        if (isTaken(thrown)) return goodbye(query, 'somebody_speaks', HANDED_ON);
        throw thrown;
      }
    }
    const changed = await rooms.change(query.call, (before) => pressed(before, query.leg, sid));
    if (!changed) return { twiml: sayAndHangUp(OVER) };
    return { twiml: into(query, changed.after) };
  }

  function into({ call, leg }: LegQuery, conference: Conference, words?: string): string {
    return enterAsSupervisor(addresses, {
      call,
      leg,
      room: conference.room,
      mode: conference.legs[leg]?.mode ?? 'listen',
      isKeystone: conference.keystone === leg,
      ...(words === undefined ? {} : { words }),
    });
  }

  async function joinStatus({ query: sent, form: posted }: Accepted): Promise<SignedAnswer> {
    const query = readQuery(LegQuery, sent);
    const form = LegForm.safeParse(posted);
    if (!query || !form.success) return malformed();
    const { CallSid, CallStatus, AnsweredBy } = form.data;
    if (CallStatus === 'ringing' || CallStatus === 'in-progress') {
      const state = CallStatus === 'ringing' ? 'ringing' : 'answered';
      await rooms.change(query.call, (known) => reached(known, query.leg, state, CallSid));
    } else if (TERMINAL.has(CallStatus)) {
      const changed = await rooms.change(query.call, (known) =>
        reached(known, query.leg, 'ringing', CallSid),
      );
      const leg = changed?.after.legs[query.leg];
      const completed = isMachine(AnsweredBy)
        ? 'machine'
        : leg?.pressed
          ? 'hung_up'
          : 'not_pressed';
      await legs.end(query.call, query.leg, REASONS[CallStatus] ?? completed);
    }
    return { status: 204 };
  }

  /** A leg waits in its room: each time, the caller is sent for again where they may come. */
  async function joinWait(accepted: Accepted): Promise<SignedAnswer> {
    const asked = await read(accepted);
    if (!asked) return { twiml: supervisorWaits() };
    const { query, form } = asked;
    const known = await rooms.read(query.call);
    if (known && query.room !== known.room && isAlive(asked.leg)) {
      await move(query, form.CallSid);
      return { twiml: supervisorWaits() };
    }
    const refusal = await callerLine.admit(query.call);
    if (refusal === 'over') {
      // A document of a waiting room can't hang up.
      await line.redirect(form.CallSid, sayAndHangUp(OVER));
      await legs.end(query.call, query.leg, 'call_over');
      return { twiml: supervisorWaits(OVER) };
    }
    return { twiml: supervisorWaits(refusal && WAITING[refusal]) };
  }

  /** The leg waits in a room that is over: the others are in the next one. */
  async function move(query: LegQuery, sid: string): Promise<void> {
    const changed = await rooms.change(query.call, (known) => keystoned(known, query.leg));
    if (changed) await line.redirect(sid, into(query, changed.after));
  }

  /** The room is over for the leg: it hung up, or the room ended and the leg is left over. */
  async function joinLeft(accepted: Accepted): Promise<SignedAnswer> {
    const asked = await read(accepted);
    if (!asked) return { twiml: sayAndHangUp(OVER) };
    const { query, form, call, leg } = asked;
    if (TERMINAL.has(form.CallStatus)) {
      await legs.end(query.call, query.leg, 'hung_up');
      return { twiml: hangUp() };
    }
    if (!isOn(call)) return goodbye(query, 'call_over', OVER);
    if (!isAlive(leg) || (query.room ?? 0) >= MOST_ROOMS) {
      return goodbye(query, 'handed_on', HANDED_ON);
    }
    const at = isoInZone(now(), zoneOf(call.timestamp));
    const changed = await rooms.change(query.call, (known) => {
      const after = returned(known, query.leg, query.room ?? known.room, at);
      const stays = staysAs(leg, call, after);
      return stays === undefined ? after : modeChanged(after, query.leg, stays);
    });
    if (!changed || staysAs(leg, call, changed.after) === undefined) {
      return goodbye(query, 'handed_on', HANDED_ON);
    }
    return { twiml: into(query, changed.after, AGAIN) };
  }

  /**
   * How a leg takes part in the next room. One that whispered to somebody who has left listens. One that spoke, and does not hold the call any more, may
   * listen where Aurora has it, and is let go where another supervisor does.
   */
  function staysAs(leg: Leg, call: Call, conference: Conference): Mode | undefined {
    if (leg.mode === 'whisper' && speakerOf(conference) === undefined) return 'listen';
    if (leg.mode !== 'speak' || call.owner?.leg === leg.sid) return leg.mode;
    return mayBeJoined(call, conference, now()) === undefined ? 'listen' : undefined;
  }

  async function goodbye(query: LegQuery, reason: string, words: string): Promise<SignedAnswer> {
    await legs.end(query.call, query.leg, reason);
    return { twiml: sayAndHangUp(words) };
  }

  async function read({ query: sent, form: posted }: Accepted) {
    const query = readQuery(LegQuery, sent);
    const form = LegForm.safeParse(posted);
    if (!query || !form.success) {
      malformed();
      return undefined;
    }
    const [call, conference] = await Promise.all([calls.live(query.call), rooms.read(query.call)]);
    const leg = conference?.legs[query.leg];
    return leg && { query, form: form.data, call, leg };
  }

  function malformed(): SignedAnswer {
    log.error("A signed webhook of a supervisor's leg is malformed; nothing is changed.", {});
    return { status: 204 };
  }

  return { joinCall, joinAnswer, joinStatus, joinWait, joinLeft };
}

function isOn(call: Call | undefined): call is Call {
  return call?.status === 'ACTIVE';
}

/** `human` and `unknown` are people. */
function isMachine(answeredBy: string): boolean {
  return answeredBy.startsWith('machine') || answeredBy === 'fax';
}

const DEEDS = {
  speak: 'to speak with the caller',
  listen: 'to listen',
  whisper: 'to be heard by the other supervisor',
} as const;

/** Nothing of what the caller said: whoever answers may be somebody else. */
function announce({ urgency, timestamp }: Call, { mode }: Leg, now: number): string {
  const minutes = Math.max(0, Math.floor((now - instant(timestamp)) / 60_000));
  const age = minutes === 0 ? 'that has just begun' : `that began ${minutes} minutes ago`;
  const kind = { CRITICAL: 'A critical', URGENT: 'An urgent', NORMAL: 'A' }[urgency];
  return `This is Aurora. ${kind} call ${age}. Press 1 ${DEEDS[mode]}.`;
}

function without(legs: Conference['legs'], id: string): Conference['legs'] {
  const { [id]: _, ...others } = legs;
  return others;
}
