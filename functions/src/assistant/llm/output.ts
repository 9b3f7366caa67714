import { z } from 'zod';
import { Urgency } from '../../calls/model.ts';

/**
 * What a model is asked for. Providers that enforce a schema want every field required and know
 * neither patterns nor lengths: those are checked afterwards, in verify.ts.
 */
export const Output = z.strictObject({
  urgency: Urgency,
  card: z.string().nullable(),
  steps: z.array(z.string()),
  passages: z.array(z.string()),
  question: z.string().nullable(),
  acknowledgement: z.string().nullable(),
  answer: z.string().nullable(),
  facts: z.strictObject({
    where: z.string().nullable(),
    injured: z.string().nullable(),
    trapped: z.string().nullable(),
  }),
});
export type Output = z.infer<typeof Output>;

export const OUTPUT_SCHEMA = z.toJSONSchema(Output, { target: 'draft-7' });

/** Characters; a whole choice has a few hundred. */
const LONGEST = 8_000;

/** @returns undefined for whatever is not exactly one choice: half a JSON, prose, other fields */
export function readOutput(text: string): Output | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    return Output.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
