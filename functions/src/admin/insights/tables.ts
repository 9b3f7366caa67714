import { type Cell, csvOf } from '../exports/csv.ts';
import { harmlessJson } from '../exports/harmless.ts';
import type { InsightsView, Spread } from './views.ts';

/** What can be taken along, each as one table. */
export const TABLES = [
  'days',
  'hours',
  'urgency',
  'medium',
  'hazards',
  'rungs',
  'final_actions',
  'sites',
  'workers',
  'passages',
  'unanswered',
  'times',
] as const;
export type TableName = (typeof TABLES)[number];

/** Rows of the same columns. */
export interface Table {
  columns: readonly string[];
  rows: readonly Record<string, string | number | null>[];
}

const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** Undefined where the table is not for who asks. */
export function tableOf(name: TableName, view: InsightsView): Table | undefined {
  switch (name) {
    case 'days':
      return table(['day', 'calls', 'CRITICAL', 'URGENT', 'NORMAL'], view.days);
    case 'hours':
      return table(['weekday', 'hour', 'calls'], hoursOf(view));
    case 'urgency':
      return table(['urgency', 'calls'], counted('urgency', view.urgency));
    case 'medium':
      return table(['medium', 'calls'], counted('medium', view.medium));
    case 'hazards':
      return table(['hazard', 'calls'], view.hazards);
    case 'rungs':
      return table(['rung', 'replies'], view.rungs);
    case 'final_actions':
      return table(['final_action', 'calls'], view.final_actions);
    case 'sites':
      return table(['site_id', 'name', 'calls', 'critical'], view.sites);
    case 'workers':
      return view.workers
        ? table(['worker_id', 'name', 'calls', 'critical'], view.workers)
        : undefined;
    case 'passages':
      return table(['passage_id', 'times'], view.passages);
    case 'unanswered':
      return table(['questions', 'calls'], [view.unanswered]);
    case 'times':
      return table(
        ['what', 'count', 'p50_seconds', 'p90_seconds', 'target_seconds', 'within_target', 'never'],
        timesOf(view),
      );
  }
}

export function writeTable(
  { columns, rows }: Table,
  about: Record<string, unknown>,
  format: 'csv' | 'json',
): string {
  if (format === 'json') return `${harmlessJson({ ...about, rows })}\n`;
  const cells = rows.map((row): Cell[] => columns.map((column) => row[column]));
  return csvOf([[...columns], ...cells]);
}

function table(columns: readonly string[], rows: Table['rows']): Table {
  return { columns, rows };
}

function hoursOf({ hours }: InsightsView) {
  return hours.flatMap((day, weekday) =>
    day.map((calls, hour) => ({ weekday: WEEKDAYS[weekday] ?? '', hour, calls })),
  );
}

function counted(name: string, counts: Record<string, number>) {
  return Object.entries(counts).map(([value, calls]) => ({ [name]: value, calls }));
}

function timesOf({ targets, ...view }: InsightsView) {
  const row = (
    what: string,
    { count, p50, p90, within_target, never }: Spread,
    target?: number,
  ) => ({
    what,
    count,
    p50_seconds: p50,
    p90_seconds: p90,
    target_seconds: target ?? null,
    within_target,
    never,
  });
  return [
    row('duration', view.duration),
    row('first_answer', view.first_answer, targets.answer_seconds),
    row('acknowledgement', view.acknowledgement, targets.acknowledge_seconds),
    row('takeover', view.takeover, targets.takeover_seconds),
  ];
}
