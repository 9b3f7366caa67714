import * as z from 'zod/mini';

/** A content security policy without `unsafe-eval` would report zod's compiled parsers. */
z.config({ jitless: true });

/** In the address of a list: the record that is opened, so that others can lead to it. */
export const Opened = z.object({ open: z.catch(z.optional(z.string()), undefined) });
