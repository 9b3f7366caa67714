import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { SpokenPart } from '../assistant/assistant.ts';
import { hintsFor } from './hints.ts';
import { type Link, writeLink } from './link.ts';
import { voiceOf } from './voices.ts';

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
 * A Say with a Polly voice takes 3,000 characters, of which at most 4,500 when they are URL-encoded:
 * Hindi needs nine for one. Longer pieces are cut at a word.
 * https://www.twilio.com/docs/voice/twiml/say, https://www.twilio.com/docs/api/errors/13521
 */
const LONGEST_SAY = 2_900;
const LONGEST_ENCODED_SAY = 4_400;

export interface GatherOptions {
  publicBaseUrl: string;
  link: Link;
  /** What is said, in order; each piece in its own language and voice. */
  say: readonly SpokenPart[];
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
    hints: hintsFor(link.language),
  });
  for (const { text, language } of mergeNeighbours(say)) {
    const words = speakable(text);
    if (words === '') continue;
    const voice = voiceOf(language);
    // Without a voice of its own a language may be spoken by one that reads no SSML.
    if (link.slow && voice.voice) gather.say(voice, '').prosody({ rate: 'slow' }, words);
    else gather.say(voice, words);
  }
  response.redirect({ method: 'POST' }, action);
  return response.toString();
}

/**
 * One Say for pieces of one language that follow each other: a voice pauses between two. Two that
 * are too long for one stay two.
 */
function mergeNeighbours(parts: readonly SpokenPart[]): SpokenPart[] {
  const merged: SpokenPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    const both = `${last?.text} ${part.text}`;
    if (last?.language === part.language && fits(both)) last.text = both;
    else merged.push({ ...part });
  }
  return merged;
}

function fits(text: string): boolean {
  return text.length <= LONGEST_SAY && encodedLength(text) <= LONGEST_ENCODED_SAY;
}

function encodedLength(text: string): number {
  return encodeURIComponent(text.toWellFormed()).length;
}

/** A text of any length in pieces of which each is spoken whole, cut at words where it has them. */
export function inPieces(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of text.toWellFormed().split(/(?<=\s)/u)) {
    for (const part of fits(word) ? [word] : charactersOf(word)) {
      if (!fits(piece + part)) {
        pieces.push(piece);
        piece = '';
      }
      piece += part;
    }
  }
  return [...pieces, piece].map((cut) => cut.trim()).filter(Boolean);
}

function charactersOf(word: string): string[] {
  return [...word];
}

/** Without a call to go on with: says something, then starts over. */
export function sayAndStartOver(publicBaseUrl: string, say: string): string {
  const response = new VoiceResponse();
  response.say(speakable(say));
  response.redirect({ method: 'POST' }, `${publicBaseUrl}/incoming-call${CONNECTION_OVERRIDES}`);
  return response.toString();
}

/** Sends a call that is under way on to a turn: for TwiML that must be short. */
export function redirectToTurn(publicBaseUrl: string, link: Link): string {
  const response = new VoiceResponse();
  response.redirect({ method: 'POST' }, turnUrl(publicBaseUrl, link));
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

export function sayGoodbye({ text, language }: SpokenPart): string {
  const response = new VoiceResponse();
  response.say(voiceOf(language), speakable(text));
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
    if (encoded > LONGEST_ENCODED_SAY || end + character.length > LONGEST_SAY) {
      return `${atWord(plain.slice(0, end))}…`;
    }
    end += character.length;
  }
  return plain;
}

/** Without the word that was cut in two, where there is more than one. */
function atWord(cut: string): string {
  const space = cut.lastIndexOf(' ');
  return space > 0 ? cut.slice(0, space) : cut;
}
