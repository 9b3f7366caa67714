import * as z from 'zod/mini';

/** A content security policy without `unsafe-eval` would report zod's compiled parsers. */
z.config({ jitless: true });

/** What stands in the address: a search that can be kept, sent and gone back to. */
export const Filters = z.object({
  q: z.catch(z.optional(z.string()), undefined),
  urgency: z.catch(z.optional(z.enum(['CRITICAL', 'URGENT', 'NORMAL'])), undefined),
  medium: z.catch(z.optional(z.enum(['Voice', 'Text'])), undefined),
  final_action: z.catch(
    z.optional(
      z.enum([
        'resolved',
        'ambulance',
        'fire_service',
        'police',
        'evacuated',
        'false_alarm',
        'drill',
        'duplicate',
        'unreachable',
        'other',
      ]),
    ),
    undefined,
  ),
  /** Set by who leads here, not in this screen. */
  worker_id: z.catch(z.optional(z.string()), undefined),
  from: z.catch(z.optional(z.iso.date()), undefined),
  to: z.catch(z.optional(z.iso.date()), undefined),
});
export type Filters = z.infer<typeof Filters>;

/** As the API takes them: one word that was only begun finds nothing, and is not sent. */
export function queryOf(
  filters: Filters,
  more: { cursor?: string | null; format?: string } = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && value.trim() !== '') query.set(name, value.trim());
  }
  if ((query.get('q') ?? '').length < 2) query.delete('q');
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
