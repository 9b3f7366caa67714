import { basename } from 'node:path';
import { type Rows, readRows } from '../../functions/eval/rows.ts';
import { printable } from '../../functions/src/operations/printable.ts';
import type { Caller } from './caller.ts';
import { measureConversations, measureQuestions, measureUtterances } from './measure.ts';
import { type Report, reportConversations, reportQuestions, reportUtterances } from './report.ts';

/** Nobody who tunes may see the rows of such a file, else it measures nothing. */
const STAYS_UNSEEN = /(?:^|[-_])unseen/i;

export interface Wanted {
  files: readonly string[];
  misses: boolean;
}

/**
 * Measures sets one after the other and prints a report of each.
 * @returns whether every goal that could be measured is met, in every set
 * @throws {RowsError} before anything is measured, if a file can't be used
 */
export async function scoreSets(
  caller: Caller,
  { files, misses }: Wanted,
  print: (text: string) => void,
): Promise<boolean> {
  const sets = files.map((file) => ({ name: basename(file), ...readRows(file) }));
  let met = true;
  for (const set of sets) {
    const report = await measure(caller, set);
    print(`\n${printable(set.name)}: ${set.rows.length} ${set.kind}\n\n${report.text}`);
    if (misses) print(missesOf(set.name, report));
    met &&= !report.missedGoal;
  }
  return met;
}

function measure(caller: Caller, set: Rows): Promise<Report> {
  switch (set.kind) {
    case 'utterances':
      return measureUtterances(caller, set.rows).then(reportUtterances);
    case 'questions':
      return measureQuestions(caller, set.rows).then(reportQuestions);
    case 'conversations':
      return measureConversations(caller, set.rows).then(reportConversations);
  }
}

function missesOf(name: string, { misses }: Report): string {
  const heading = `\n${misses.length} misses`;
  if (STAYS_UNSEEN.test(name)) return `${heading}, which stay unseen.`;
  return [`${heading}.`, ...misses.map(printable)].join('\n');
}
