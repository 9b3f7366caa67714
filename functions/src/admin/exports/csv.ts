import { harmless } from './harmless.ts';

export type Cell = string | number | null | undefined;

/**
 * Where a spreadsheet would begin to calculate: at the start of a cell, and after a semicolon, at
 * which many a country's spreadsheet begins the next one. Spaces and quotes before it do not help.
 */
const SIGN = String.raw`[\s"'\p{Cf}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]`;
const FORMULA = new RegExp(`(^|;)(?=${SIGN})`, 'gu');
const DISARMED = new RegExp(`(^|;)'(?=${SIGN})`, 'gu');
const BEGINS_FORMULA = new RegExp(`^(?!')${SIGN}`, 'u');

/**
 * CSV after RFC 4180 with every cell in quotes, each record on one line, in UTF-8 with the mark
 * without which Excel takes it for something else.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;
}

/** An apostrophe before a formula makes it text. */
export function cellOf(value: Cell): string {
  if (value === null || value === undefined) return '""';
  if (typeof value === 'number') return `"${value}"`;
  return `"${cellText(value).replaceAll('"', '""')}"`;
}

/** What stands in the cell of such a text, without the quotes around it. */
export function cellText(text: string): string {
  return harmless(text.replace(/[\r\n\t]+/g, ' ')).replace(FORMULA, "$1'");
}

/** The text of a cell that was written by us: without the apostrophes that kept it from acting. */
export function textOfCell(cell: string): string {
  return cell.replace(DISARMED, '$1');
}

/** Whether a spreadsheet would calculate where it should read. */
export function isFormula(cell: string): boolean {
  return BEGINS_FORMULA.test(cell);
}
