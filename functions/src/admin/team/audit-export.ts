import { type Cell, csvOf } from '../exports/csv.ts';
import type { NamedEntry } from './audit-names.ts';
import { type AuditSearch, searchAudit } from './audit-search.ts';
import { NewestFirstCursor } from './pages.ts';

/** Entries in one file. */
export const MOST_ENTRIES = 5_000;
/** Pages that are read for it: rare words are looked for among the newest many. */
const MOST_PAGES = 20;
const PAGE = 500;

export interface AuditExport {
  entries: NamedEntry[];
  /** False where more fit, or may fit. */
  complete: boolean;
}

/** The newest entries that fit, and whether these are all. */
export async function readAudit(search: AuditSearch, most = MOST_ENTRIES): Promise<AuditExport> {
  const entries: NamedEntry[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES && entries.length < most; page += 1) {
    const limit = Math.min(PAGE, most - entries.length);
    const cursor = NewestFirstCursor.parse(next);
    const { items, next_cursor } = await searchAudit(search, { cursor, limit });
    entries.push(...items);
    if (next_cursor === null) return { entries, complete: true };
    next = next_cursor;
  }
  return { entries, complete: false };
}

const COLUMNS: Record<string, (entry: NamedEntry) => Cell> = {
  at: ({ at }) => at,
  who: ({ who_name, who }) => who_name ?? who.id,
  action: ({ action }) => action,
  target: ({ target_name, target }) => target_name ?? target,
  before: ({ before }) => jsonOf(before),
  after: ({ after }) => jsonOf(after),
  ip: ({ from }) => from?.ip,
  user_agent: ({ from }) => from?.user_agent,
  who_kind: ({ who }) => who.kind,
  who_id: ({ who }) => who.id,
  target_id: ({ target }) => target,
  request_id: ({ request_id }) => request_id,
  entry_id: ({ id }) => id,
};

export function writeAudit({ entries, complete }: AuditExport): string {
  const rows: Cell[][] = [
    Object.keys(COLUMNS),
    ...entries.map((entry) => Object.values(COLUMNS).map((column) => column(entry))),
  ];
  if (!complete) {
    rows.push([
      `These are the newest ${entries.length} entries; more may fit the filters. Narrow the dates to get the others.`,
    ]);
  }
  return csvOf(rows);
}

function jsonOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
