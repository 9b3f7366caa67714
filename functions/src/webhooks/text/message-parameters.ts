import { z } from 'zod';
import { spokenWords } from '../parameters.ts';

/** MessageSid: `SM` for a text, `MM` for one with media. */
export const MESSAGE_SID = /^(SM|MM)[0-9a-f]{32}$/;

const text = z.string().catch('');
const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?[0-9]{1,3}(\.[0-9]{1,20})?$/)
    .transform(Number)
    .pipe(z.number().min(-most).max(most))
    .optional()
    .catch(undefined);

/** Twilio's own limit. */
const MOST_MEDIA = 10;

/**
 * What is read of a message that Twilio brings. Nothing that the sender controls can make it fail:
 * only the MessageSid must be well-formed. No URL of media is read, for none is fetched.
 * https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export const MessageParameters = z
  .object({
    MessageSid: z.string().optional(),
    /** The older name of the same. */
    SmsSid: z.string().optional(),
    From: text.default(''),
    To: text.default(''),
    Body: spokenWords.default(''),
    NumMedia: z.coerce.number().int().min(0).max(MOST_MEDIA).catch(0).default(0),
    /** Of WhatsApp: where the sender's telephone says that they are. */
    Latitude: degrees(90),
    Longitude: degrees(180),
    Address: spokenWords.default(''),
    Label: spokenWords.default(''),
    /** Present where Twilio took the message for a keyword of its own, and has answered it. */
    OptOutType: z.enum(['STOP', 'START', 'HELP']).optional().catch(undefined),
  })
  .transform(({ MessageSid, SmsSid, ...rest }) => ({ ...rest, sid: MessageSid ?? SmsSid ?? '' }))
  .refine(({ sid }) => MESSAGE_SID.test(sid));
export type MessageParameters = z.infer<typeof MessageParameters>;

/** The types of a message's media, such as `image/jpeg`; one that is not told is ``. */
export function mediaTypes(
  { NumMedia }: MessageParameters,
  form: Readonly<Record<string, string>>,
): string[] {
  return Array.from({ length: NumMedia }, (_, at) =>
    (form[`MediaContentType${at}`] ?? '').toLowerCase(),
  );
}

export const MessageStatusParameters = z.object({
  MessageSid: z.string().regex(MESSAGE_SID),
  MessageStatus: z.string().max(32),
  To: text.default(''),
  /** https://www.twilio.com/docs/api/errors */
  ErrorCode: z
    .string()
    .regex(/^[0-9]{1,6}$/)
    .optional()
    .catch(undefined),
});
export type MessageStatusParameters = z.infer<typeof MessageStatusParameters>;
