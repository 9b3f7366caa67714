import { cellText, textOfCell } from '../../exports/csv.ts';
import { changed } from '../changes.ts';
import type { WorkerView } from '../worker-records.ts';
import { type Fault, type ReadingOptions, readCell } from './cells.ts';
import { COLUMNS, type Column } from './columns.ts';
import type { Written } from './directory.ts';
import type { TableRow } from './table.ts';

/** What becomes of a row. */
export interface PlannedRow {
  line: number;
  outcome: 'create' | 'change' | 'unchanged' | 'faulty';
  /** The worker as they are; undefined for one who is new. */
  known: WorkerView | undefined;
  /** What is to be stored; empty for a row that is faulty. */
  fields: Partial<Omit<WorkerView, 'id'>>;
  /** In the words of a file: as it will be, or as it was written where it is faulty. */
  values: Written;
  changes: { field: Column; before: string; after: string }[];
  faults: Fault[];
}

/**
 * Plans one row. `holders` are the workers who have its number: one at most, unless somebody has
 * written into the database by hand. A cell that is as our own file has it changes nothing, whatever
 * it holds.
 */
export function planRow(
  row: TableRow,
  holders: readonly WorkerView[],
  options: ReadingOptions,
): PlannedRow {
  const [known] = holders;
  const { written } = options.directory;
  const before = known && written(known);
  const faults: Fault[] = [...faultsOf(row, holders)];
  const fields: Partial<Omit<WorkerView, 'id'>> = {};
  for (const [column, cell] of Object.entries(row.cells) as [Column, string][]) {
    if (before && cell.trim() === cellText(before[column]).trim()) continue;
    const reading = readCell(column, cell, options);
    if ('fault' in reading) faults.push(reading.fault);
    // The number is the one by which the worker was found.
    else if (!(known && column === 'mobile_no')) Object.assign(fields, reading.fields);
  }
  const { line } = row;
  if (faults.length > 0) {
    const outcome = 'faulty' as const;
    return { line, outcome, known, fields: {}, values: rawOf(row), changes: [], faults };
  }
  const after = written(changed(known ?? NOBODY, fields));
  const changes = COLUMNS.filter((field) => before && before[field] !== after[field]).map(
    (field) => ({ field, before: before?.[field] ?? '', after: after[field] }),
  );
  const outcome = !known ? 'create' : changes.length > 0 ? 'change' : 'unchanged';
  return { line, outcome, known, fields, values: after, changes, faults };
}

/** Under which number workers are looked for: the row's, or as it is written where it is none. */
export function numberIn(row: TableRow, options: ReadingOptions): string {
  const cell = row.cells.mobile_no ?? '';
  const reading = readCell('mobile_no', cell, options);
  if ('fields' in reading) return reading.fields.mobile_no ?? '';
  return textOfCell(cell).trim();
}

/** Other lines of the same number that are named. */
const MOST_NAMED = 5;

/** Rows whose number stands in another row too are all faulty: nobody can know which one is meant. */
export function markRepeated(rows: readonly (PlannedRow & { number: string })[]): void {
  const byNumber = Map.groupBy(rows, ({ number }) => number);
  for (const [number, same] of byNumber) {
    if (number === '' || same.length === 1) continue;
    const named = same.slice(0, MOST_NAMED + 1);
    for (const row of same) {
      const others = named.filter((other) => other !== row).map(({ line }) => line);
      row.outcome = 'faulty';
      row.changes = [];
      row.fields = {};
      row.faults.push({
        field: 'mobile_no',
        code: 'duplicate_in_file',
        message: `The number stands in line ${others.slice(0, MOST_NAMED).join(', ')} too. Keep one of them.`,
      });
    }
  }
}

function* faultsOf(row: TableRow, holders: readonly WorkerView[]): Generator<Fault> {
  if (row.isTooLong) {
    yield {
      field: 'row',
      code: 'too_many_cells',
      message:
        'The row has more cells than the first line names. Put what holds a comma in quotation marks.',
    };
  }
  if (holders.length > 1) {
    yield {
      field: 'mobile_no',
      code: 'number_held_twice',
      message:
        'Several workers of your company have this number. Remove all but one of them first.',
    };
  }
}

function rawOf({ cells }: TableRow): Written {
  const { name = '', mobile_no = '', site = '', language = '', supervisor = '' } = cells;
  return { name, mobile_no, site, language, supervisor };
}

const NOBODY: WorkerView = {
  id: '',
  name: '',
  mobile_no: '',
  site_id: null,
  admin_id: null,
  language: null,
};
