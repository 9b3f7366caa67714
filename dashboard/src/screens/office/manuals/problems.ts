import { ApiError } from '../../../api/ask.ts';

/** What keeps a text from being spoken; lines are counted from 1. */
export interface Problem {
  line: number;
  message: string;
}

const LINE = /^text, line (\d+)$/;

/** The lines that the API has refused; empty where it has refused something else. */
export function problemsOf(error: unknown): Problem[] {
  if (!(error instanceof ApiError) || error.status !== 400) return [];
  const { fields } = (error.details ?? {}) as { fields?: { path: string; message: string }[] };
  const told = new Set<string>();
  return (fields ?? []).flatMap(({ path, message }) => {
    const line = LINE.exec(path)?.[1];
    // Two signs of one line may be wrong in the same way.
    if (line === undefined || told.has(`${line} ${message}`)) return [];
    told.add(`${line} ${message}`);
    return [{ line: Number(line), message }];
  });
}

/** A line and where it stands in the text, as it is selected. */
export function lineIn(text: string, line: number): { from: number; to: number; text: string } {
  const lines = text.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const found = lines[line - 1] ?? '';
  return { from, to: from + found.length, text: found.trim() };
}

/** The line in which this place is. */
export function lineAt(text: string, place: number): number {
  return text.slice(0, place).split('\n').length;
}
