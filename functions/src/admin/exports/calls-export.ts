import { z } from 'zod';
import type { History, HistoryAsked, Place } from '../calls/history.ts';
import { CallView } from '../views.ts';
import { type Cell, csvOf } from './csv.ts';
import { harmlessJson } from './harmless.ts';

/** Calls in one file. */
export const MOST_CALLS = 1_000;
/** Pages that are read for it: a supervisor who sees few calls gets those among the newest many. */
const MOST_PAGES = 40;
const PAGE = 100;

export const CallsExport = z
  .object({
    exported_at: z.string(),
    complete: z.boolean().meta({
      description: `False where more calls fit the filters: a file holds the newest ${MOST_CALLS} at most.`,
    }),
    calls: z.array(CallView),
  })
  .meta({ id: 'CallsExport' });
export type CallsExport = z.infer<typeof CallsExport>;

/** The newest calls that fit, and whether these are all. */
export async function readCalls(
  history: History,
  asked: Omit<HistoryAsked, 'limit' | 'after'>,
): Promise<Pick<CallsExport, 'calls' | 'complete'>> {
  const calls: CallView[] = [];
  let after: Place | undefined;
  for (let page = 0; page < MOST_PAGES && calls.length < MOST_CALLS; page += 1) {
    const limit = Math.min(PAGE, MOST_CALLS - calls.length);
    const { items, next } = await history.page({ ...asked, limit, after });
    calls.push(...items);
    if (!next) return { calls, complete: true };
    after = next;
  }
  return { calls, complete: false };
}

const COLUMNS: Record<string, (call: CallView) => Cell> = {
  call_id: ({ call_id }) => call_id,
  began: ({ timestamp }) => timestamp,
  ended: ({ ended_at }) => ended_at,
  duration_seconds: ({ duration_seconds }) => duration_seconds,
  medium: ({ medium }) => medium,
  urgency: ({ urgency }) => urgency,
  worker_id: ({ worker_id }) => worker_id,
  number: ({ mobile_no }) => mobile_no,
  where: ({ facts }) => facts.where?.value,
  hazard: ({ facts }) => facts.hazard?.value,
  injured: ({ facts }) => facts.injured?.value,
  trapped: ({ facts }) => facts.trapped?.value,
  outcome: ({ final_action }) => final_action,
  notes: ({ admin_notes }) => admin_notes,
  acknowledged_by: ({ acknowledged }) => acknowledged.map(({ by }) => by).join(' '),
  help_sent: ({ dispatches }) => dispatches.map(({ who, what }) => `${who}: ${what}`).join(' · '),
  end_reason: ({ end_reason }) => end_reason,
  incident_id: ({ incident_id }) => incident_id,
  site_id: ({ site_id }) => site_id,
};

export function writeCalls(exported: CallsExport, format: 'csv' | 'json'): string {
  if (format === 'json') return `${harmlessJson(exported)}\n`;
  const rows: Cell[][] = [
    Object.keys(COLUMNS),
    ...exported.calls.map((call) => Object.values(COLUMNS).map((column) => column(call))),
  ];
  if (!exported.complete) {
    rows.push([
      `These are the newest ${exported.calls.length} calls; more fit the filters. Narrow the dates to get the others.`,
    ]);
  }
  return csvOf(rows);
}
