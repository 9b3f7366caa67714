import type { Call } from '../calls/model.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Conferences } from '../twilio/calling.ts';
import { whyNot } from './admission.ts';
import { aliveLegOf, isInside, modeChanged, speakerOf } from './changes.ts';
import { liveCall } from './live-call.ts';
import type { Calls, Holding } from './ports.ts';
import type { Conference, Mode } from './record.ts';
import { refused, refuseIf } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import type { TellLeg } from './tell-leg.ts';

export interface LegModesOptions {
  rooms: Rooms;
  calls: Pick<Calls, 'live'>;
  holding: Pick<Holding, 'legJoined' | 'legLeft'>;
  conferences: Pick<Conferences, 'change'>;
  tell: TellLeg;
  /** Whether speech in rooms is transcribed. */
  transcription: boolean;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** Who speaks, listens and whispers in a room, and whether Aurora speaks beside them. */
export function createLegModes(options: LegModesOptions) {
  const { rooms, calls, holding, conferences, tell, transcription, now, log } = options;

  async function changeMode(callId: string, adminId: string, mode: Mode): Promise<Conference> {
    const [call, known] = await Promise.all([liveCall(calls, callId), rooms.read(callId)]);
    const id = known && aliveLegOf(known, adminId);
    const leg = id === undefined ? undefined : known?.legs[id];
    if (!known || id === undefined || leg?.state !== 'joined' || leg.sid === undefined) {
      throw refused('not_joined');
    }
    if (leg.mode === mode) return known;
    const others = { ...known, legs: { ...known.legs } };
    delete others.legs[id];
    // Who hands the voice over to Aurora may go on listening.
    const after = leg.mode === 'speak' ? withoutOwner(call) : call;
    refuseIf(whyNot(adminId, mode, after, others, { transcription, now: now() }));
    if (mode === 'speak') await holding.legJoined(callId, adminId, leg.sid);
    const changed = await rooms.change(callId, (before) => {
      const speaker = speakerOf(before);
      if (mode === 'speak' && speaker !== undefined && speaker !== id) {
        throw refused('somebody_speaks');
      }
      return modeChanged(before, id, mode);
    });
    if (!changed) throw refused('not_joined');
    await hearAs(changed.after, id, mode);
    if (leg.mode === 'speak') await holding.legLeft(callId, leg.sid, `mode_${mode}`);
    await tell(callId, id, 'mode_changed', { by: adminId });
    return changed.after;
  }

  /** Twilio mutes, opens, or lets one other hear: what Twilio does not take holds in the next room. */
  async function hearAs(conference: Conference, id: string, mode: Mode): Promise<void> {
    const { sid, legs } = conference;
    const own = legs[id]?.sid;
    if (sid === undefined || own === undefined) return;
    const speaker = speakerOf(conference);
    const heardBy = speaker === undefined ? undefined : legs[speaker];
    const coaches =
      mode === 'whisper' && heardBy && isInside(conference, heardBy) ? heardBy.sid : undefined;
    const done = await conferences.change(sid, own, {
      muted: mode === 'listen' || (mode === 'whisper' && coaches === undefined),
      coaches: coaches ?? null,
    });
    if (!done) log.warn('A leg was not in its room when its mode was changed.', {});
  }

  /** Whispers reach whoever speaks in the room now. Never rejects. */
  async function openWhispers(conference: Conference): Promise<void> {
    for (const [id, leg] of Object.entries(conference.legs)) {
      if (leg.mode !== 'whisper' || !isInside(conference, leg)) continue;
      await hearAs(conference, id, 'whisper').catch((thrown: unknown) =>
        log.warn('A whisper could not be opened; it is heard by nobody.', {
          error: asError(thrown),
        }),
      );
    }
  }

  /** Asks Aurora to speak beside a supervisor, or to step back again. */
  async function auroraSpeaks(
    callId: string,
    adminId: string,
    speaks: boolean,
  ): Promise<Conference> {
    const known = await rooms.read(callId);
    const id = known && aliveLegOf(known, adminId);
    if (!known || id === undefined || known.legs[id]?.state !== 'joined') {
      throw refused('not_joined');
    }
    if (known.legs[id]?.mode !== 'speak') throw refused('somebody_speaks');
    if (speaks && known.transcription !== 'on') throw refused('not_transcribed');
    const changed = await rooms.change(callId, (before) => ({ ...before, aurora: speaks }));
    if (!changed) throw refused('not_joined');
    if (changed.before?.aurora !== speaks) {
      await tell(callId, id, 'mode_changed', {
        by: adminId,
        channel: speaks ? 'aurora_speaks' : 'aurora_silent',
      });
    }
    return changed.after;
  }

  return { changeMode, openWhispers, auroraSpeaks };
}

function withoutOwner({ owner: _, ...call }: Call): Call {
  return call;
}
