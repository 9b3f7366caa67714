import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { SpokenPart } from '../assistant/assistant.ts';
import { speakable } from '../webhooks/twiml.ts';
import { voiceOf } from '../webhooks/voices.ts';

/** Seconds for a key after the words. */
const KEY_SECONDS = 8;

/**
 * To what seems to be a voicemail. Somebody who was taken for one presses a key; a machine can't, and
 * the line is given back: this is no caller's line, but one that nobody has taken.
 */
export function askForKey(action: string, { text, language }: SpokenPart): string {
  const response = new VoiceResponse();
  const gather = response.gather({
    input: ['dtmf'],
    numDigits: 1,
    timeout: KEY_SECONDS,
    action,
    method: 'POST',
  });
  gather.say(voiceOf(language), speakable(text));
  response.hangup();
  return response.toString();
}
