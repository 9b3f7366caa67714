import { csvOf } from '../../exports/csv.ts';
import type { WorkerView } from '../worker-records.ts';
import type { ReadingOptions } from './cells.ts';
import { COLUMNS } from './columns.ts';
import { markRepeated, numberIn, type PlannedRow, planRow } from './plan.ts';
import type { TableRow } from './table.ts';

/** A row with what becomes of it, and the number under which its worker is looked for. */
export type PreviewRow = PlannedRow & { number: string; row: TableRow };

export interface Totals {
  rows: number;
  create: number;
  change: number;
  unchanged: number;
  faulty: number;
}

/** What a file would do to the workers that there are. */
export function previewOf(
  rows: readonly TableRow[],
  workers: readonly WorkerView[],
  options: ReadingOptions,
): PreviewRow[] {
  const byNumber = Map.groupBy(workers, ({ mobile_no }) => mobile_no);
  const planned = rows.map((row) => {
    const number = numberIn(row, options);
    const holders = number === '' ? [] : (byNumber.get(number) ?? []);
    return { ...planRow(row, holders, options), number, row };
  });
  markRepeated(planned);
  return planned;
}

export function totalsOf(rows: readonly PlannedRow[]): Totals {
  const totals = { rows: rows.length, create: 0, change: 0, unchanged: 0, faulty: 0 };
  for (const { outcome } of rows) totals[outcome]++;
  return totals;
}

/** The faulty rows as a file to be mended and brought again, each with what is wrong with it. */
export function faultyFile(rows: readonly PreviewRow[]): string | null {
  const faulty = rows.filter(({ outcome }) => outcome === 'faulty');
  if (faulty.length === 0) return null;
  return csvOf([
    [...COLUMNS, 'line', 'error'],
    ...faulty.map(({ row, line, faults }) => [
      ...COLUMNS.map((column) => row.cells[column] ?? ''),
      line,
      faults.map(({ message }) => message).join(' '),
    ]),
  ]);
}
