import { z } from 'zod';
import { Grounding } from './grounding.ts';
import { CALL_ID } from './ids.ts';
import { LANGUAGE_TAG } from './language-tags.ts';
import { Timestamp, Urgency } from './model.ts';

/** The shapes in the Realtime Database that hold text conversations together. */

const CallId = z.string().regex(CALL_ID);
const Place = z.number().int().min(1).max(999_999);

const Card = z.object({
  hazard: z.string().optional(),
  step: z.number().int().min(0).optional(),
  asked: z.string().optional(),
  question: z.string().optional(),
  confirmed: z.boolean().optional(),
  language: z.string().regex(LANGUAGE_TAG).optional(),
});

/** Where card and questions stand after a turn, as voice carries it in its links. */
export const Standing = Card.extend({ n: Place, urgency: Urgency });
export type Standing = z.infer<typeof Standing>;

/** `open_texts/{company}/{key}`: the conversation that is open with a number, and its last turn. */
export const OpenText = z.object({
  call_id: CallId,
  /** The place of the turn that was begun last, and when. */
  n: Place,
  at: Timestamp,
  standing: Standing.optional(),
});
export type OpenText = z.infer<typeof OpenText>;

/** The reply on which all instances agree, with what the call's urgency was after it. */
export const KeptReply = Card.extend({
  reply: z.string(),
  urgency: Urgency,
  sources: z.string(),
  call_urgency: Urgency,
  /** One that another version of Aurora wrote costs no repetition its answer. */
  grounding: Grounding.optional().catch(undefined),
});
export type KeptReply = z.infer<typeof KeptReply>;

/** `text_turns/{company}/{key}`: what an Idempotency-Key has become. */
export const TextTurn = z.object({
  call_id: CallId,
  n: Place,
  at: Timestamp,
  /** A short hash of what was asked. */
  body: z.string(),
  reply: KeptReply.optional(),
  /** Whether words and reply are where nothing loses them. */
  recorded: z.literal(true).optional(),
});
export type TextTurn = z.infer<typeof TextTurn>;
