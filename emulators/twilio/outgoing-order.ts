/** An outgoing call as Twilio was asked to make it, by REST or by a Dial. */
import { z } from 'zod';

/** The progress of a call that its status callback can be told of, in order. */
export const PROGRESS_EVENTS = ['initiated', 'ringing', 'answered', 'completed'] as const;
export type ProgressEvent = (typeof PROGRESS_EVENTS)[number];

const method = z.enum(['GET', 'POST']);

export const outgoingOrderSchema = z.object({
  callSid: z.string().regex(/^CA[0-9a-f]{32}$/),
  accountSid: z.string(),
  from: z.string(),
  to: z.string(),
  direction: z.enum(['outbound-api', 'outbound-dial']),
  parentCallSid: z.string().nullable(),
  /** What the call does when it is answered. */
  instructions: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('url'), url: z.string(), method }),
    z.object({ kind: z.literal('twiml'), twiml: z.string() }),
    /** Talks to the call that dialled it, after what a URL says to whoever answers (empty: nothing). */
    z.object({ kind: z.literal('bridge'), room: z.string(), url: z.string(), method }),
  ]),
  /** Empty for none. */
  fallbackUrl: z.string(),
  fallbackMethod: method,
  /** Empty for none. */
  statusCallback: z.string(),
  statusCallbackMethod: method,
  statusCallbackEvents: z.array(z.enum(PROGRESS_EVENTS)),
  timeoutInSeconds: z.number(),
  /** Of the answered call; null for Twilio's own limit, which nobody reaches here. */
  timeLimitInSeconds: z.number().nullable(),
  machineDetection: z.enum(['Enable', 'DetectMessageEnd']).nullable(),
});
export type OutgoingOrder = z.infer<typeof outgoingOrderSchema>;
