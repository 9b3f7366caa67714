import type { Call } from '../calls/model.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { writeLink } from '../webhooks/link.ts';
import type { Addresses } from './addresses.ts';
import { whyNot } from './admission.ts';
import { aliveLegOf, nextLegId, reached, requested } from './changes.ts';
import { liveCall } from './live-call.ts';
import { withoutLostLegs } from './lost-legs.ts';
import type { Calls, Outbound } from './ports.ts';
import type { Conference, Mode } from './record.ts';
import { refused, refuseIf } from './refusals.ts';
import type { Changed, Rooms } from './rooms.ts';
import type { TellLeg } from './tell-leg.ts';

/** Seconds of ringing: voicemail often answers after 25. */
const RING_SECONDS = 22;

export interface JoinLegOptions {
  rooms: Rooms;
  calls: Calls;
  outbound: Outbound;
  addresses: Addresses;
  tell: TellLeg;
  end: (callId: string, id: string, reason: string) => Promise<void>;
  /** Whether speech in rooms is transcribed. */
  transcription: boolean;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

export interface Supervisor {
  id: string;
  /** E.164, of their own record. */
  phone: string | undefined;
}

/** Brings a supervisor's own phone to a call: by ringing it, or as it is on the line already. */
export function createJoinLeg(options: JoinLegOptions) {
  const { rooms, calls, outbound, addresses, tell, end, now, log } = options;

  /** Rings a supervisor's own phone; resolves to the conference as it is then. */
  async function join(callId: string, supervisor: Supervisor, mode: Mode): Promise<Conference> {
    const call = await liveCall(calls, callId);
    const { phone } = supervisor;
    refuseIf(whyNot(supervisor.id, mode, call, await rooms.read(callId), asked()));
    if (phone === undefined) throw refused('no_phone');
    if (call.dialled_no === undefined) throw refused('unknown_number');
    const first = await opening(callId, call);
    const at = timeIn(call);
    let id = '';
    await rooms.open(
      callId,
      () => first,
      (known) => {
        const current = withoutLostLegs(known, now());
        if (aliveLegOf(current, supervisor.id) !== undefined) throw refused('already_joined');
        refuseIf(whyNot(supervisor.id, mode, call, current, asked()));
        id = nextLegId(current);
        return requested(current, id, { admin_id: supervisor.id, mode, requested_at: at });
      },
    );
    await tell(callId, id, 'join_requested', { by: supervisor.id });
    const sent = await ring(callId, id, call, phone, call.dialled_no);
    if (!('sid' in sent)) {
      await end(callId, id, sent.reason ?? sent.refused);
      throw refused('not_rung');
    }
    const changed = await rooms.change(callId, (known) => reached(known, id, 'ringing', sent.sid));
    return (changed as Changed).after;
  }

  /**
   * Takes in the phone of a supervisor who was rung for another reason, and is on it: as if it had
   * been rung to speak. Resolves to the leg's id, the same however often.
   */
  async function adopt(callId: string, adminId: string, sid: string): Promise<string> {
    const call = await liveCall(calls, callId);
    const first = await opening(callId, call);
    const asks = { admin_id: adminId, mode: 'speak', requested_at: timeIn(call) } as const;
    let id = '';
    await rooms.open(
      callId,
      () => first,
      (known) => {
        const current = withoutLostLegs(known, now());
        const own = aliveLegOf(current, adminId);
        if (own !== undefined && current.legs[own]?.sid !== sid) throw refused('already_joined');
        id = own ?? nextLegId(current);
        if (own !== undefined) return current;
        refuseIf(whyNot(adminId, 'speak', call, current, asked()));
        return reached(requested(current, id, asks), id, 'answered', sid);
      },
    );
    await tell(callId, id, 'join_requested', { by: adminId });
    return id;
  }

  /** Never rejects: a leg that was not rung is one that has failed. */
  async function ring(callId: string, id: string, call: Call, to: string, from: string) {
    const of = { call: callId, leg: id };
    try {
      return await outbound.call({
        companyId: call.company_id,
        callId,
        to,
        from,
        purpose: 'join',
        url: addresses.leg('/join-call', of),
        statusCallback: addresses.leg('/join-status', of),
        timeout: RING_SECONDS,
        detectMachine: true,
      });
    } catch (thrown) {
      log.warn("A supervisor's phone could not be rung.", { error: asError(thrown) });
      return { refused: 'failed' as const, reason: 'failed' };
    }
  }

  async function opening(callId: string, call: Call): Promise<Conference> {
    const link = await calls.linkOf(callId, call);
    return {
      call_sid: call.call_sid as string,
      room: 1,
      caller: { state: 'out', at: timeIn(call), exited: 0 },
      aurora: false,
      transcription: options.transcription ? 'on' : 'off',
      heard_room: 0,
      place: link.turn.n,
      link: writeLink(link),
      legs: {},
      said: {},
    };
  }

  function asked() {
    return { transcription: options.transcription, now: now() };
  }

  function timeIn(call: Call): string {
    return isoInZone(now(), zoneOf(call.timestamp));
  }

  return { join, adopt };
}
