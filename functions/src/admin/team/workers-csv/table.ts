import type { ParseStepResult } from 'papaparse';
import { AuroraError } from '../../../errors.ts';
import { type Column, columnOf, REQUIRED } from './columns.ts';

/** Bytes and rows of one file. */
export const LARGEST_FILE = 1_000_000;
export const MOST_ROWS = 5_000;

/** What a spreadsheet may put between cells. */
const DELIMITERS = [',', ';', '\t', '|'];

export interface TableRow {
  /** Of the file, the first being 1: where the row begins. */
  line: number;
  cells: Partial<Record<Column, string>>;
  /** More cells than the head has: a delimiter that nobody has put in quotes. */
  isTooLong: boolean;
}

export interface Table {
  columns: Column[];
  /** Columns that mean nothing to us, as they are written. */
  ignored: string[];
  rows: TableRow[];
}

interface Line {
  line: number;
  cells: string[];
}

/** Reads a file of workers, whatever program has written it. @throws AuroraError 400 */
export async function readTable(csv: string): Promise<Table> {
  if (Buffer.byteLength(csv) > LARGEST_FILE) {
    throw new AuroraError(413, 'file_too_large', 'The file is larger than 1 MB. Split it.');
  }
  const text = csv.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [head, ...rows] = await linesOf(text);
  if (!head) throw unreadable('no_rows', 'The file is empty. Its first line names the columns.');
  const columns = head.cells.map(columnOf);
  requireColumns(columns, head);
  if (rows.length === 0) {
    throw unreadable('no_rows', 'The file names its columns and has no workers below them.');
  }
  if (rows.length > MOST_ROWS) {
    throw unreadable('too_many_rows', `The file has more than ${MOST_ROWS} rows. Split it.`);
  }
  return {
    columns: columns.filter((column) => column !== undefined),
    ignored: head.cells.filter((cell, at) => !columns[at] && cell.trim() !== ''),
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(
        columns.flatMap((column, at) => {
          // A row that ends early says nothing of the rest, which is left as it is.
          const cell = cells[at] ?? (column && REQUIRED.includes(column) ? '' : undefined);
          return column && cell !== undefined ? [[column, cell]] : [];
        }),
      ),
      isTooLong: cells.slice(columns.length).some((cell) => cell.trim() !== ''),
    })),
  };
}

/** The lines that hold anything, each with its number: a cell in quotes can go over several. */
async function linesOf(text: string): Promise<Line[]> {
  const { default: papa } = await import('papaparse');
  const named = /^sep=(.)\n/i.exec(text);
  const begin = named ? named[0].length : 0;
  const body = text.slice(begin);
  const delimiter = named?.[1] ?? delimiterOf(body, papa);
  const lines: Line[] = [];
  let line = named ? 2 : 1;
  let read = 0;
  let broken: { line: number; code: string } | undefined;
  papa.parse<string[]>(body, {
    delimiter,
    newline: '\n',
    // One more than may be, and the head, to tell that there are too many.
    preview: MOST_ROWS + 2,
    step({ data, errors, meta }: ParseStepResult<string[]>, parser) {
      const [error] = errors;
      if (error) {
        broken = { line, code: error.code };
        return parser.abort();
      }
      if (data.some((cell) => cell.trim() !== '')) lines.push({ line, cells: data });
      line += body.slice(read, meta.cursor).split('\n').length - 1;
      read = meta.cursor;
    },
  });
  if (broken) throw malformed(broken);
  return lines;
}

/** The one with which the first line names the most columns that we know. */
function delimiterOf(text: string, papa: typeof import('papaparse')): string {
  const known = (delimiter: string) => {
    const { data } = papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 1 });
    return (data[0] ?? []).filter((cell) => columnOf(cell)).length;
  };
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: known(delimiter) }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}

function requireColumns(columns: readonly (Column | undefined)[], { line, cells }: Line): void {
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw unreadable(
      'missing_columns',
      `Line ${line} names no column ${missing.join(' and ')}. The first line must name the columns: name, mobile_no, site, language, supervisor.`,
      { line, columns: missing },
    );
  }
  const twice = columns.filter((column, at) => column && columns.indexOf(column) !== at);
  if (twice.length === 0) return;
  const named = cells.filter((cell) => columnOf(cell) === twice[0]).map((cell) => cell.trim());
  throw unreadable(
    'duplicate_columns',
    `The columns ${named.join(' and ')} mean the same, ${twice[0]}. Remove one of them.`,
    { line, columns: twice },
  );
}

function malformed({ line, code }: { line: number; code: string }): AuroraError {
  const what =
    code === 'MissingQuotes'
      ? 'a quotation mark opens a cell and none closes it'
      : 'a cell goes on after the quotation mark that closes it';
  return unreadable(
    'malformed_csv',
    `The file cannot be read from line ${line} on: ${what}. Mend that cell, or save the file as CSV anew.`,
    { line },
  );
}

function unreadable(code: string, message: string, details: Record<string, unknown> = {}) {
  return new AuroraError(400, code, message, { details });
}
