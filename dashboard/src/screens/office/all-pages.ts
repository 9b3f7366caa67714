import type { Page } from '../../api/types.ts';
import { askSignedIn } from '../../session/session.ts';

/** As many as the API gives at once. */
const LARGEST_PAGE = 100;

/** Everything of a list that is short enough to be read as a whole. @throws ApiError */
export async function allPages<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: String(LARGEST_PAGE) });
    if (cursor !== null) query.set('cursor', cursor);
    const { body }: { body: Page<T> } = await askSignedIn<Page<T>>(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}${query}`,
      signal ? { signal } : {},
    );
    all.push(...body.items);
    cursor = body.next_cursor;
  } while (cursor !== null);
  return all;
}
