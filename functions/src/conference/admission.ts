import type { Call, Owner } from '../calls/model.ts';
import { isHeld } from '../calls/owner.ts';
import { speakerOf } from './changes.ts';
import type { Conference, Mode } from './record.ts';

/**
 * Whether the caller may be in a room with supervisors at this moment, and why not. Whoever speaks
 * must be able to from there: a supervisor by a leg of theirs, Aurora by hearing the caller in a
 * transcription. A supervisor who speaks by messages does so on the caller's own line.
 */
export type Refusal = 'over' | 'not_transcribed' | 'held_by_messages';

export function mayBeJoined(
  call: Pick<Call, 'status' | 'owner'> | undefined,
  conference: Conference,
  now: number,
): Refusal | undefined {
  if (call?.status !== 'ACTIVE') return 'over';
  if (isHeld(call, now)) {
    return isHeldByLeg(call.owner, conference) ? undefined : 'held_by_messages';
  }
  return conference.transcription === 'on' ? undefined : 'not_transcribed';
}

/** A leg holds a call while it lives, and no clock does. */
function isHeldByLeg(owner: Owner | undefined, conference: Conference): boolean {
  const speaker = speakerOf(conference);
  const sid = speaker === undefined ? undefined : conference.legs[speaker]?.sid;
  return sid !== undefined && owner?.leg === sid;
}

export type JoinRefusal =
  | 'not_a_telephone_call'
  | 'call_is_over'
  | 'already_joined'
  | 'somebody_speaks'
  | 'nobody_to_whisper_to'
  | 'held_by_messages'
  | 'not_transcribed';

/** Why a supervisor can't have this mode now (epoch milliseconds); undefined where they can. */
export function whyNot(
  adminId: string,
  mode: Mode,
  call: Pick<Call, 'status' | 'medium' | 'owner'>,
  conference: Conference | undefined,
  { transcription, now }: { transcription: boolean; now: number },
): JoinRefusal | undefined {
  if (call.medium !== 'Voice') return 'not_a_telephone_call';
  if (call.status !== 'ACTIVE') return 'call_is_over';
  const speaker = conference && speakerOf(conference);
  const speaking = speaker === undefined ? undefined : conference?.legs[speaker];
  const another = speaking && speaking.admin_id !== adminId ? speaking : undefined;
  const holder = isHeld(call, now) ? call.owner : undefined;
  if (mode === 'whisper') return another ? undefined : 'nobody_to_whisper_to';
  if (mode === 'speak') {
    if (another) return 'somebody_speaks';
    return holder && holder.id !== adminId ? 'somebody_speaks' : undefined;
  }
  if (another) return undefined;
  if (holder && holder.leg === undefined) return 'held_by_messages';
  const hears = conference ? conference.transcription === 'on' : transcription;
  return hears ? undefined : 'not_transcribed';
}
