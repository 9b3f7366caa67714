import { AuroraError } from '../errors.ts';
import type { JoinRefusal } from './admission.ts';

type Code = JoinRefusal | 'no_phone' | 'unknown_number' | 'not_joined' | 'not_rung';

/** What a supervisor is told who can't have what they asked for: 409 with what to do. */
const SENTENCES: Record<Code, string> = {
  not_a_telephone_call:
    'This is a text conversation: there is no line to join. Answer with a message.',
  call_is_over: 'The call is over. Call the worker back from your own telephone.',
  already_joined:
    'Your phone is being rung for this call, or is joined already. Change the mode with join/mode, or leave first.',
  somebody_speaks:
    'Another supervisor has this call. Join to listen or to whisper, or ask them to hand it over.',
  nobody_to_whisper_to:
    'No other supervisor speaks by phone on this call, so nobody would hear you. Join to listen or to speak.',
  held_by_messages:
    'The call is held by a supervisor who speaks by messages, which reach the caller on a line of their own. Join to speak, or wait until the call is released.',
  not_transcribed:
    'Speech in a conference is not transcribed here, so Aurora would not hear the caller while you listen. Join to speak.',
  no_phone:
    'You have no phone number. Ask a company_admin to give you one: it is the only number that is rung for you.',
  unknown_number:
    'It is not known which number the caller has dialled, so there is none to ring you from. Take the call over by messages.',
  not_joined: 'Your phone is not joined with this call. Join first.',
  not_rung:
    'Your phone could not be rung; the timeline of the call says why. Take the call over by messages, or try again.',
};

export function refused(code: Code): AuroraError {
  return new AuroraError(409, code, SENTENCES[code]);
}

export function refuseIf(code: JoinRefusal | undefined): void {
  if (code !== undefined) throw refused(code);
}

/** Twilio's refusals of the lease, told as ours. */
export function isTaken(thrown: unknown): boolean {
  return thrown instanceof AuroraError && thrown.status === 409;
}
