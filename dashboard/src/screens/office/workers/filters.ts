import * as z from 'zod/mini';

/** A content security policy without `unsafe-eval` would report zod's compiled parsers. */
z.config({ jitless: true });

const text = z.catch(z.optional(z.string()), undefined);

/** What stands in the address of the workers: a search that can be kept, sent and gone back to. */
export const WorkerFilters = z.object({
  q: text,
  site_id: text,
  admin_id: text,
  /** The worker who is opened, so that others can lead to them. */
  open: text,
});
export type WorkerFilters = z.infer<typeof WorkerFilters>;

export function isFiltered({ q, site_id, admin_id }: WorkerFilters): boolean {
  return [q, site_id, admin_id].some((value) => value !== undefined && value.trim() !== '');
}

/** As the API takes them. */
export function queryOf({ q, site_id, admin_id }: WorkerFilters, cursor: string | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ q, site_id, admin_id })) {
    if (value !== undefined && value.trim() !== '') query.set(name, value.trim());
  }
  if (cursor !== null) query.set('cursor', cursor);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
