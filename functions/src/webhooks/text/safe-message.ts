import { recognizeLanguage } from '../../assistant/languages/recognize-language.ts';
import { canBeTexted, channelAndNumber } from '../../calls/channel.ts';
import { replyWith } from './message-twiml.ts';
import { safeText } from './text-wording.ts';

/** In place of an answer that failed before anything was known of the message. */
export function safeMessage(
  form: Readonly<Record<string, string>>,
  emergencyNumber: string,
): string {
  const { number } = channelAndNumber(form.From ?? '');
  const language = recognizeLanguage(form.Body ?? '') ?? 'en';
  return replyWith(canBeTexted(number) ? [safeText(language, emergencyNumber)] : []);
}
