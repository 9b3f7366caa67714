/**
 * What a telephone of another process and the REST server say to each other over the WebSocket
 * `/telephone`, as JSON. The telephone says hello first and is told whether it is let in.
 */
import { z } from 'zod';
import { CALL_STATUSES } from './parameters.ts';

const date = z.iso.datetime().transform((text) => new Date(text));

const record = z.object({
  callSid: z.string().regex(/^CA[0-9a-f]{32}$/),
  accountSid: z.string(),
  from: z.string(),
  to: z.string(),
  status: z.enum(CALL_STATUSES),
  createdAt: date,
  startedAt: date.nullable(),
  endedAt: date.nullable(),
  durationInSeconds: z.number().nullable(),
});

const update = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('twiml'), twiml: z.string() }),
  z.object({ kind: z.literal('url'), url: z.string(), method: z.enum(['GET', 'POST']) }),
  z.object({ kind: z.literal('status'), status: z.enum(['completed', 'canceled']) }),
]);

const message = z.object({
  messageSid: z.string(),
  from: z.string(),
  to: z.string(),
  body: z.string(),
});

export const fromTelephoneSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), accountSid: z.string(), authToken: z.string() }),
  z.object({ type: z.literal('call'), record }),
  z.object({ type: z.literal('updated'), request: z.number(), accepted: z.boolean() }),
  z.object({ type: z.literal('listen'), number: z.string() }),
]);
export type FromTelephone = z.infer<typeof fromTelephoneSchema>;

export const toTelephoneSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome') }),
  z.object({ type: z.literal('update'), request: z.number(), callSid: z.string(), update }),
  z.object({ type: z.literal('message'), message }),
]);
export type ToTelephone = z.infer<typeof toTelephoneSchema>;

/** The path of the WebSocket on the REST server's port. */
export const CONTROL_PATH = '/telephone';

/** Close codes of ours; the reason says it in words. */
export const CLOSE_REFUSED = 4401;
export const CLOSE_BAD_MESSAGE = 4400;

/** Undefined where it is not JSON of that form. */
export function parseMessage<T>(schema: z.ZodType<T>, data: { toString(): string }): T | undefined {
  try {
    return schema.safeParse(JSON.parse(data.toString())).data;
  } catch {
    return undefined;
  }
}
