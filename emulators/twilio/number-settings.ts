/** What an incoming phone number is configured with at Twilio. Empty URLs are not set. */
import { z } from 'zod';

const method = z.enum(['GET', 'POST']);

export const numberSettingsSchema = z.object({
  voiceUrl: z.string(),
  voiceMethod: method,
  voiceFallbackUrl: z.string(),
  voiceFallbackMethod: method,
  statusCallback: z.string(),
  statusCallbackMethod: method,
  smsUrl: z.string(),
  smsMethod: method,
  smsFallbackUrl: z.string(),
  smsFallbackMethod: method,
});
export type NumberSettings = z.infer<typeof numberSettingsSchema>;

export const NOTHING_SET: NumberSettings = {
  voiceUrl: '',
  voiceMethod: 'POST',
  voiceFallbackUrl: '',
  voiceFallbackMethod: 'POST',
  statusCallback: '',
  statusCallbackMethod: 'POST',
  smsUrl: '',
  smsMethod: 'POST',
  smsFallbackUrl: '',
  smsFallbackMethod: 'POST',
};
