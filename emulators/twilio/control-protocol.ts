/**
 * What a telephone of another process and the REST server say to each other over the WebSocket
 * `/telephone`, as JSON. The telephone says hello first and is told whether it is let in.
 */
import { z } from 'zod';
import { joinRequestSchema, LEAVE_REASONS, noticeSchema } from './conference-protocol.ts';
import { numberSettingsSchema } from './number-settings.ts';
import { outgoingOrderSchema } from './outgoing-order.ts';
import { ANSWERED_BY, CALL_STATUSES, DIRECTIONS } from './parameters.ts';

const date = z.iso.datetime().transform((text) => new Date(text));

const record = z.object({
  callSid: z.string().regex(/^CA[0-9a-f]{32}$/),
  accountSid: z.string(),
  from: z.string(),
  to: z.string(),
  direction: z.enum(DIRECTIONS).exactOptional(),
  parentCallSid: z.string().nullable().exactOptional(),
  answeredBy: z.enum(ANSWERED_BY).nullable().exactOptional(),
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
  z.object({ type: z.literal('deafen'), number: z.string() }),
  z.object({ type: z.literal('answer-at'), number: z.string() }),
  z.object({ type: z.literal('unplug'), number: z.string() }),
  z.object({ type: z.literal('dial'), request: z.number(), order: outgoingOrderSchema }),
  z.object({ type: z.literal('stop-dialling'), request: z.number() }),
  z.object({ type: z.literal('look-up'), request: z.number(), number: z.string() }),
  /** `member` is a number that the telephone gives each stay in a conference. */
  z.object({ type: z.literal('join'), member: z.number(), request: joinRequestSchema }),
  z.object({ type: z.literal('say'), member: z.number(), text: z.string() }),
  z.object({ type: z.literal('leave'), member: z.number(), reason: z.enum(LEAVE_REASONS) }),
  /** Everything that was said before this has been done. */
  z.object({ type: z.literal('ping'), request: z.number() }),
]);
export type FromTelephone = z.infer<typeof fromTelephoneSchema>;

export const toTelephoneSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome') }),
  z.object({ type: z.literal('update'), request: z.number(), callSid: z.string(), update }),
  z.object({ type: z.literal('message'), message }),
  z.object({ type: z.literal('ring'), order: outgoingOrderSchema }),
  z.object({
    type: z.literal('dialled'),
    request: z.number(),
    result: z
      .object({
        status: z.enum(CALL_STATUSES).exclude(['queued', 'ringing', 'in-progress']),
        answered: z.boolean(),
        durationInSeconds: z.number(),
      })
      .nullable(),
  }),
  z.object({
    type: z.literal('looked-up'),
    request: z.number(),
    settings: numberSettingsSchema.nullable(),
  }),
  z.object({ type: z.literal('notice'), member: z.number(), notice: noticeSchema }),
  z.object({ type: z.literal('pong'), request: z.number() }),
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
