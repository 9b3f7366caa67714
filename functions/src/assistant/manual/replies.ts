import { z } from 'zod';

/**
 * What an answer to a card's question means. A bare "no" to "Are they breathing normally?" names no
 * hazard; the card says which one it is. English cards say it for their translations too.
 */
export const Replies = z.object({
  /** The hazard that "yes" names, */
  yes: z.string().optional(),
  /** that "no" names, */
  no: z.string().optional(),
  /** and that "I do not know" names. */
  unsure: z.string().optional(),
  /** The fact that the answer tells. */
  tells: z.enum(['where', 'injured', 'trapped']).optional(),
});
export type Replies = z.infer<typeof Replies>;

const FORM =
  'Say what an answer means as "(no, unsure: cardiac-arrest)" or "(tells: injured)", several parted by ";".';

/** Parts a question from what its answers mean: `Are they breathing? (no: cardiac-arrest)`. */
export function readReplies(item: string): { text: string; replies: Replies; problem?: string } {
  const [, text = item, meanings] = /^(.*\?) *\((.*)\)$/.exec(item) ?? [];
  const replies: Replies = {};
  if (meanings === undefined) return { text, replies };
  for (const meaning of meanings.split(';')) {
    const [, answers = '', meant = ''] = /^ *([a-z, ]+): *([a-z][a-z-]*) *$/.exec(meaning) ?? [];
    for (const answer of answers.split(',').map((each) => each.trim())) {
      const known = Replies.keyof().safeParse(answer);
      if (!known.success) return { text, replies, problem: FORM };
      Object.assign(replies, { [known.data]: meant });
    }
  }
  return Replies.safeParse(replies).success ? { text, replies } : { text, replies, problem: FORM };
}
