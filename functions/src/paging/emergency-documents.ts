import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { wordingOfCall } from '../assistant/languages/wording.ts';
import type { Link } from '../webhooks/link.ts';
import { sayAndListen, sayAndStartOver, speakable } from '../webhooks/twiml.ts';
import { voiceOf } from '../webhooks/voices.ts';
import type { PageAddresses } from './addresses.ts';

/** What a caller hears of the emergency number; each document ends in an open line (I8). */

/** Seconds that the emergency number is rung; control rooms have queues. */
const RING_SECONDS = 60;

/** Dials it into the call. */
export function dialling(
  addresses: PageAddresses,
  link: Link,
  callerId: string | undefined,
  round: number,
): string {
  const { wording, language } = wordingOfCall(link);
  const response = new VoiceResponse();
  response.say(
    voiceOf(language),
    speakable(withNumber(wording.line.dialling, link.emergencyNumber)),
  );
  const dial = response.dial({
    action: addresses.emergency('/emergency-ended', link, round),
    method: 'POST',
    timeout: RING_SECONDS,
    ...(callerId === undefined ? {} : { callerId }),
  });
  dial.number(
    {
      statusCallback: addresses.emergency('/emergency-status', link, round),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['answered'],
    },
    link.emergencyNumber,
  );
  return response.toString();
}

/** Speaks it; without a link the caller starts over. */
export function speaking(publicBaseUrl: string, link: Link | undefined, number: string): string {
  const words = wordsFor(link ?? { language: 'en', languages: [] }, number);
  if (!link) return sayAndStartOver(publicBaseUrl, words.text);
  return sayAndListen({ publicBaseUrl, link, say: [words] });
}

export function wordsFor(of: Pick<Link, 'language' | 'languages'>, number: string) {
  const { wording, language } = wordingOfCall(of);
  return { text: withNumber(wording.line.nobody, number), language };
}

/** After the emergency number: what the caller hears, and is listened to again. */
export function afterEmergency(publicBaseUrl: string, link: Link, answered: boolean): string {
  const { wording, language } = wordingOfCall(link);
  const words = answered ? wording.line.backFromDialling : wording.line.notConnected;
  const text = withNumber(words, link.emergencyNumber);
  return sayAndListen({ publicBaseUrl, link, say: [{ text, language }] });
}

function withNumber(text: string, number: string): string {
  return text.replaceAll('{emergency_number}', () => number);
}
