import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { baseOf } from '../calls/language-tags.ts';

/**
 * The voice of each language. All are Amazon Polly's standard ones: Twilio's basic voices know no
 * Hindi, and neither they nor an unnamed voice take SSML, which "slower" needs; standard voices take
 * all of it. Aditi speaks Indian English and Hindi alike.
 * https://www.twilio.com/docs/voice/twiml/say/text-speech
 * https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html
 */
const VOICES = {
  'en-IN': 'Polly.Aditi',
  'hi-IN': 'Polly.Aditi',
  'en-US': 'Polly.Joanna',
  'en-GB': 'Polly.Amy',
  'en-AU': 'Polly.Nicole',
  'es-ES': 'Polly.Lucia',
  'es-MX': 'Polly.Mia',
  'es-US': 'Polly.Lupe',
  'pt-BR': 'Polly.Camila',
  'de-DE': 'Polly.Vicki',
  'fr-FR': 'Polly.Lea',
} as const;

type Spoken = keyof typeof VOICES;

/** For countries without a voice of their own: what is understood there. */
const NEAREST: Readonly<Record<string, Spoken>> = {
  en: 'en-GB',
  es: 'es-US',
  hi: 'hi-IN',
  pt: 'pt-BR',
  de: 'de-DE',
  fr: 'fr-FR',
};

/** How Say speaks a language; for one without a voice here, what the Twilio account has set for it. */
export function voiceOf(language: string): VoiceResponse.SayAttributes {
  const spoken = language in VOICES ? (language as Spoken) : NEAREST[baseOf(language)];
  if (spoken === undefined) return { language: language as Spoken };
  return { language: spoken, voice: VOICES[spoken] };
}
