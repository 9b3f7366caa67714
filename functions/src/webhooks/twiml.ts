import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { type Link, writeLink } from './link.ts';

/**
 * Twilio's own attempts on one request: the read of an answer may take 7 s, one retry on a failed
 * connection, a late answer or a 5xx. Our own watchdog answers after 5 s, so a retry means that the
 * instance died; a repeated turn changes nothing. The fragment is not part of the signature.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export const CONNECTION_OVERRIDES = '#rc=1&rp=ct,rt,5xx&rt=7000';

/** Seconds of quiet after the last word until Twilio hands in an empty turn. */
const LISTEN_SECONDS = 6;

/**
 * Twilio's Say takes 4,096 characters, of which at most 4,500 when they are URL-encoded: Hindi needs
 * nine for one. Longer replies are cut at a word. https://www.twilio.com/docs/api/errors/13521
 */
const LONGEST_SAY = 4_400;

/** Words that a recognizer should expect. At most 500 of at most 100 characters. */
const HINTS = [
  'fire',
  'gas leak',
  'smoke',
  'explosion',
  'ammonia',
  'chlorine',
  'electric shock',
  'unconscious',
  'not breathing',
  'bleeding',
  'trapped',
  'chemical splash',
  'spill',
  'evacuate',
  'aag',
  'madad',
  'bachao',
];

export interface GatherOptions {
  publicBaseUrl: string;
  link: Link;
  say: string;
}

/** Says something inside a Gather that listens for speech and keys, so that it can be cut short. */
export function sayAndListen({ publicBaseUrl, link, say }: GatherOptions): string {
  const action = turnUrl(publicBaseUrl, link);
  const response = new VoiceResponse();
  const gather = response.gather({
    input: ['dtmf', 'speech'],
    action,
    method: 'POST',
    actionOnEmptyResult: true,
    bargeIn: true,
    numDigits: 1,
    timeout: LISTEN_SECONDS,
    speechTimeout: 'auto',
    language: link.language as 'en-IN',
    hints: HINTS.join(','),
  });
  gather.say({ language: link.language as 'en-IN' }, speakable(say));
  response.redirect({ method: 'POST' }, action);
  return response.toString();
}

/** Without a call to go on with: says something, then starts over. */
export function sayAndStartOver(publicBaseUrl: string, say: string): string {
  const response = new VoiceResponse();
  response.say(speakable(say));
  response.redirect({ method: 'POST' }, `${publicBaseUrl}/incoming-call${CONNECTION_OVERRIDES}`);
  return response.toString();
}

export function redirectToStart(publicBaseUrl: string, link: Link): string {
  const response = new VoiceResponse();
  response.redirect(
    { method: 'POST' },
    `${publicBaseUrl}/start-call?${writeLink(link)}${CONNECTION_OVERRIDES}`,
  );
  return response.toString();
}

export function sayGoodbye(say: string): string {
  const response = new VoiceResponse();
  response.say(speakable(say));
  response.hangup();
  return response.toString();
}

function turnUrl(publicBaseUrl: string, link: Link): string {
  return `${publicBaseUrl}/process-speech?${writeLink(link)}${CONNECTION_OVERRIDES}`;
}

/** Text that the TwiML builder accepts: it throws on control characters and lone surrogates. */
export function speakable(text: string): string {
  const plain = text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .trim();
  let encoded = 0;
  let end = 0;
  for (const character of plain) {
    encoded += encodeURIComponent(character).length;
    if (encoded > LONGEST_SAY) return `${atWord(plain.slice(0, end))}…`;
    end += character.length;
  }
  return plain;
}

/** Without the word that was cut in two, where there is more than one. */
function atWord(cut: string): string {
  const space = cut.lastIndexOf(' ');
  return space > 0 ? cut.slice(0, space) : cut;
}
