import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Accepted } from '../webhooks/app.ts';
import { speakable } from '../webhooks/twiml.ts';
import { voiceOf } from '../webhooks/voices.ts';
import { type PageAddresses, type PageQuery, readPageQuery } from './addresses.ts';
import { afterEmergency } from './emergency-documents.ts';
import { SPOKEN } from './words.ts';

/** What people on call hear; their language is not known. */
const LANGUAGE = 'en';
/** Seconds after the words, and how often they are said. */
const KEY_SECONDS = 6;
const TIMES = 2;

/** Says it twice, and waits for a key each time. */
export function asking(addresses: PageAddresses, of: PageQuery, words: string): string {
  const response = new VoiceResponse();
  for (let time = 0; time < TIMES; time++) {
    const gather = response.gather({
      input: ['dtmf'],
      numDigits: 1,
      timeout: KEY_SECONDS,
      action: addresses.page('/page-answer', of),
      method: 'POST',
    });
    gather.say(voiceOf(LANGUAGE), speakable(`${words} ${SPOKEN.keys}`));
  }
  response.say(voiceOf(LANGUAGE), SPOKEN.nothingPressed);
  response.hangup();
  return response.toString();
}

/** To somebody who has accepted. */
export function offerToJoin(addresses: PageAddresses, of: PageQuery): string {
  const response = new VoiceResponse();
  const gather = response.gather({
    input: ['dtmf'],
    numDigits: 1,
    timeout: KEY_SECONDS,
    action: addresses.page('/page-answer', { ...of, next: 'join' }),
    method: 'POST',
    actionOnEmptyResult: true,
  });
  gather.say(voiceOf(LANGUAGE), SPOKEN.join);
  return response.toString();
}

/** Where a page's own webhook has failed: the key can be pressed again. */
export function insteadOfPage(addresses: PageAddresses, { query }: Accepted): string {
  const of = readPageQuery(query);
  if (of && of.next === undefined) return asking(addresses, of, SPOKEN.failed);
  return sayAndHangUp(SPOKEN.failed);
}

/** Where the webhook after the emergency number has failed: the caller is listened to all the same. */
export function insteadOfEmergency(publicBaseUrl: string, { link }: Accepted): string {
  if (link) return afterEmergency(publicBaseUrl, link, false);
  const response = new VoiceResponse();
  response.redirect({ method: 'POST' }, `${publicBaseUrl}/incoming-call`);
  return response.toString();
}

export function sayAndHangUp(words: string): string {
  const response = new VoiceResponse();
  response.say(voiceOf(LANGUAGE), speakable(words));
  response.hangup();
  return response.toString();
}

export function hangUp(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}
