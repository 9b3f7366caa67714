import { z } from 'zod';
import { CALL_SID } from '../calls/ids.ts';

/**
 * What we read of Twilio's parameters. Twilio adds others without notice, so unknown ones are let
 * through, and none of what a caller controls can make a webhook fail: only the CallSid must be
 * well-formed. https://www.twilio.com/docs/voice/twiml#request-parameters
 */

/** 60 seconds of speech are about 1,000 characters; more than this is not speech. */
const LONGEST_UTTERANCE = 8_000;
const CUT = ' […]';

const text = z.string().catch('');

/** Words that a caller said or wrote: printable, trimmed and bounded. */
export const spokenWords = text.transform((said) => {
  const plain = said
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return plain.length > LONGEST_UTTERANCE ? plain.slice(0, LONGEST_UTTERANCE) + CUT : plain;
});

/** Some speech models report 0 for every result: that says nothing, so it counts as absent. */
const confidence = z.coerce.number().gt(0).max(1).optional().catch(undefined);

export const VoiceParameters = z
  .object({
    CallSid: z.string().regex(CALL_SID),
    AccountSid: text,
    CallStatus: text.optional(),
    /** The caller, and the number of ours, whichever of the two has rung the other. */
    From: text,
    To: text,
    Direction: text,
    SpeechResult: spokenWords.default(''),
    Confidence: confidence,
    Digits: text.default(''),
  })
  .transform(({ Direction, ...given }) =>
    Direction.startsWith('outbound') ? { ...given, From: given.To, To: given.From } : given,
  );
export type VoiceParameters = z.infer<typeof VoiceParameters>;

export const StatusParameters = z.object({
  CallSid: z.string().regex(CALL_SID),
  ParentCallSid: z.string().optional(),
  CallStatus: z.string().max(32),
  /** RFC 2822, when the call changed its state. */
  Timestamp: z.string().optional(),
});
export type StatusParameters = z.infer<typeof StatusParameters>;

/** States in which a call is over. https://www.twilio.com/docs/voice/api/call-resource */
export const TERMINAL = new Set(['completed', 'failed', 'busy', 'no-answer', 'canceled']);

/** The first value of each name. */
export function formRecord(form: URLSearchParams): Record<string, string> {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of form) record[name] ??= value;
  return record;
}
