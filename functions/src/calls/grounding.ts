import { z } from 'zod';

/**
 * Which rung of the assistant's ladder gave a reply: the safety floor's card, a model's choice (of the
 * first call or of the hedged second), a passage of the manual, the card that is being read, words of
 * the conversation itself ("say that again"), or, with nothing to say, the number and the question.
 */
export const RUNGS = ['floor', 'model', 'hedge', 'passage', 'card', 'dialogue', 'person'] as const;

/** A passage's id: the document's, then the passage's place in it, e.g. `fire#step-3`. */
export const PASSAGE_ID = /^[a-z0-9][a-z0-9-]{0,63}#[a-z0-9-]{1,32}$/;

/** What a reply rests on. */
export const Grounding = z.object({
  rung: z.enum(RUNGS),
  /** The passages whose words were spoken; absent where none were. */
  passages: z
    .array(
      z.object({
        id: z.string().regex(PASSAGE_ID),
        version: z.number().int().min(1),
        /** Of the passage's text: SHA-256, first 12 hex digits. */
        hash: z.string().regex(/^[0-9a-f]{12}$/),
        /** How well it answers the question, 0 to 1; absent where it was not searched for. */
        score: z.number().min(0).max(1).optional(),
      }),
    )
    .max(20)
    .optional(),
  /** The pack of manuals that was at hand, as `Pack.version` names it. */
  pack: z.string().max(128).optional(),
  model: z.string().max(128).optional(),
  /** The version of the prompt that the model was given. */
  prompt: z.string().max(32).optional(),
});
export type Grounding = z.infer<typeof Grounding>;

/**
 * A reply's grounding as it is kept: without an empty list, which the Realtime Database would not
 * keep. Undefined where there is none, and where it does not have its schema: the batch would be
 * refused, and the words with it (I2).
 */
export function keptGrounding(grounding: unknown): Grounding | undefined {
  const { data } = Grounding.safeParse(grounding);
  if (!data) return undefined;
  const { passages, ...others } = defined(data);
  return passages?.length ? { ...others, passages: passages.map(defined) } : others;
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
