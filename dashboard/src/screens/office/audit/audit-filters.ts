import * as z from 'zod/mini';

/** A content security policy without `unsafe-eval` would report zod's compiled parsers. */
z.config({ jitless: true });

const text = () => z.catch(z.optional(z.string()), undefined);

/** What stands in the address: a search that can be kept, sent and gone back to. */
export const AuditFilters = z.object({
  who: text(),
  action: text(),
  target: text(),
  q: text(),
  from: z.catch(z.optional(z.iso.date()), undefined),
  to: z.catch(z.optional(z.iso.date()), undefined),
});
export type AuditFilters = z.infer<typeof AuditFilters>;

/** As the API takes them: a word of one letter finds nothing, and is not sent. */
export function auditQueryOf(filters: AuditFilters, cursor: string | null = null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && value.trim() !== '') query.set(name, value.trim());
  }
  if (!/[\p{L}\p{M}\p{N}]{2}/u.test(query.get('q') ?? '')) query.delete('q');
  if (cursor !== null) query.set('cursor', cursor);
  const written = query.toString();
  return written === '' ? '' : `?${written}`;
}
