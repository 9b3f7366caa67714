import { z } from 'zod';

/** The longest cursor that is looked at: those that hold a name in another script are the longest. */
const LONGEST = 2_048;

/** Opaque to clients: whatever they send back is checked by the schema it was made for. */
export function encodeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** A query parameter that holds a cursor, decoded; what is none of ours is a 400. */
export function cursorOf<T extends z.ZodType>(place: T) {
  return z
    .string()
    .max(LONGEST)
    .transform((text, context): z.output<T> => {
      const result = place.safeParse(parse(text));
      if (result.success) return result.data;
      context.addIssue({ code: 'custom', message: 'is not a next_cursor of this list' });
      return z.NEVER;
    });
}

/** How many items a page has at most. */
export const PageLimit = z.coerce.number().int().min(1).max(100).default(50);

/** A page of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
