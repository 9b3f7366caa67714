import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { SpokenPart } from '../assistant/assistant.ts';
import type { Link } from '../webhooks/link.ts';
import { speakable } from '../webhooks/twiml.ts';
import { voiceOf } from '../webhooks/voices.ts';
import { type Addresses, roomName } from './addresses.ts';
import type { Mode } from './record.ts';

/** Every TwiML document of a conference. */

/** What supervisors hear; their language is not known. */
const LANGUAGE = 'en';

/** How often a supervisor is asked to press 1, and the seconds that each has. */
const ASK_TIMES = 2;
const KEY_SECONDS = 7;

/** Seconds of quiet between two checks of a room in which somebody waits. */
const WAIT_SECONDS = 3;

/** How the caller's words are heard: both tracks, without guesses that may change. */
const TRANSCRIPTION = {
  track: 'both_tracks',
  partialResults: false,
  statusCallbackMethod: 'POST',
  inboundTrackLabel: 'caller',
  outboundTrackLabel: 'supervisor',
} as const;

export interface RoomOf {
  call: string;
  room: number;
}

/** Asks whoever answers to press 1: a voicemail never does. */
export function askToJoin(
  addresses: Addresses,
  { call, leg, asked, words }: { call: string; leg: string; asked: number; words: string },
): string {
  const response = new VoiceResponse();
  const gather = response.gather({
    input: ['dtmf'],
    numDigits: 1,
    timeout: KEY_SECONDS,
    action: addresses.leg('/join-answer', { call, leg, asked: asked + 1 }),
    method: 'POST',
    actionOnEmptyResult: true,
  });
  gather.say(voiceOf(LANGUAGE), words);
  return response.toString();
}

export function mayAskAgain(asked: number): boolean {
  return asked < ASK_TIMES;
}

/** Says something to a supervisor and hangs up. */
export function sayAndHangUp(words: string): string {
  const response = new VoiceResponse();
  response.say(voiceOf(LANGUAGE), words);
  response.hangup();
  return response.toString();
}

export function hangUp(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

export interface SupervisorEnters extends RoomOf {
  leg: string;
  mode: Mode;
  /** Whether the room ends when this leg leaves. */
  isKeystone: boolean;
  words?: string;
}

/** A supervisor goes into a room. Whoever waits hears what for; there is no music. */
export function enterAsSupervisor(addresses: Addresses, entering: SupervisorEnters): string {
  const { call, room, leg, mode } = entering;
  const response = new VoiceResponse();
  if (entering.words !== undefined) response.say(voiceOf(LANGUAGE), entering.words);
  const dial = response.dial({
    action: addresses.leg('/join-left', { call, leg, room }),
    method: 'POST',
  });
  dial.conference(
    {
      ...inRoom(addresses, { call, room }),
      // A whisper is opened when the one who is to hear it is in the room: before, all would.
      muted: mode !== 'speak',
      endConferenceOnExit: entering.isKeystone,
      waitUrl: addresses.leg('/join-wait', { call, leg, room }),
      waitMethod: 'POST',
    },
    roomName(call, room),
  );
  return response.toString();
}

export interface CallerEnters {
  link: Link;
  room: number;
  base: number;
  from: string;
  to?: string | undefined;
  transcribed: boolean;
  /** Said before, where somebody is about to speak. */
  words?: SpokenPart | undefined;
}

/**
 * What the caller's call is redirected with: a live call takes 4,000 characters, and the room's own
 * document may be longer.
 */
export function sendToRoom(
  addresses: Addresses,
  { link, ...of }: Omit<CallerEnters, 'words' | 'transcribed'>,
) {
  const response = new VoiceResponse();
  response.redirect({ method: 'POST' }, addresses.caller('/caller-join', link, of));
  return response.toString();
}

/** The caller goes into a room: what is said there is transcribed, and Twilio asks what is next when it ends. */
export function enterAsCaller(addresses: Addresses, entering: CallerEnters): string {
  const { link, room, base, from, to, words } = entering;
  const of = { room, base, from, to };
  const response = new VoiceResponse();
  if (entering.transcribed) {
    response.start().transcription({
      ...TRANSCRIPTION,
      name: roomName(link.call, room),
      languageCode: link.language,
      statusCallbackUrl: addresses.caller('/transcription', link, of),
    });
  }
  if (words) response.say(voiceOf(words.language), speakable(words.text));
  const dial = response.dial({
    action: addresses.caller('/dial-status', link, of),
    method: 'POST',
  });
  dial.conference(
    {
      ...inRoom(addresses, { call: link.call, room }),
      endConferenceOnExit: true,
      waitUrl: addresses.caller('/caller-wait', link, of),
      waitMethod: 'POST',
    },
    roomName(link.call, room),
  );
  return response.toString();
}

function inRoom(addresses: Addresses, of: RoomOf) {
  return {
    beep: 'false' as const,
    startConferenceOnEnter: true,
    statusCallback: addresses.room('/conference-status', of),
    statusCallbackMethod: 'POST',
    statusCallbackEvent: ['start', 'end', 'join', 'leave'] as (
      | 'start'
      | 'end'
      | 'join'
      | 'leave'
    )[],
  };
}

/** The caller is out of a room: nothing is transcribed any more, and the turn that comes next is asked for. */
export function backToTurns(
  addresses: Addresses,
  { link, room, transcribed }: { link: Link; room: number; transcribed: boolean },
): string {
  const response = new VoiceResponse();
  if (transcribed) response.stop().transcription({ name: roomName(link.call, room) });
  response.redirect({ method: 'POST' }, addresses.turn(link));
  return response.toString();
}

/** What somebody hears who waits in a room; Twilio asks again at its end. */
export function waiting({ text, language }: SpokenPart): string {
  const response = new VoiceResponse();
  response.say(voiceOf(language), speakable(text));
  response.pause({ length: WAIT_SECONDS });
  return response.toString();
}

export function waitingSupervisor(words: string): string {
  return waiting({ text: words, language: LANGUAGE });
}

/** Words into a room. */
export function announcement(parts: readonly SpokenPart[], slow: boolean): string {
  const response = new VoiceResponse();
  for (const { text, language } of parts) {
    const words = speakable(text);
    if (words === '') continue;
    const voice = voiceOf(language);
    if (slow && voice.voice) response.say(voice, '').prosody({ rate: 'slow' }, words);
    else response.say(voice, words);
  }
  return response.toString();
}
