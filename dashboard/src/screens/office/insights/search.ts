import * as z from 'zod/mini';

/** A content security policy without `unsafe-eval` would report zod's compiled parsers. */
z.config({ jitless: true });

/** Lengths that can be chosen by name; 1 is today. */
export const LENGTHS = [1, 7, 30, 90] as const;

/** What stands in the address: days by name, or from and to; and the site. */
export const InsightsSearch = z.object({
  days: z.catch(z.optional(z.literal(LENGTHS)), undefined),
  from: z.catch(z.optional(z.iso.date()), undefined),
  to: z.catch(z.optional(z.iso.date()), undefined),
  site_id: z.catch(z.optional(z.string()), undefined),
});
export type InsightsSearch = z.infer<typeof InsightsSearch>;
