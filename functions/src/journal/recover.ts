import fs from 'node:fs';
import path from 'node:path';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { parseLine } from './line.ts';
import { readTotal } from './read-total.ts';
import { listSegments, segmentPath } from './segments.ts';
import type { Batch, JournalState } from './state.ts';
import { totalPath } from './total.ts';

const NEWLINE = 0x0a;

/**
 * Reads back what earlier processes left: total.json, then the segments in order. A last line
 * without its newline is one that no append has returned for: it counts where it is whole, and is
 * dropped where it is torn. Any other unreadable line or entry is moved to quarantine.jsonl with an
 * alert, and the rest is kept. Returns the number of the last segment found, 0 for none.
 */
export function recover(directory: string, state: JournalState, now: number, log: Log): number {
  const quarantine = createQuarantine(directory, log);
  try {
    readTotal(totalPath(directory), state.view, quarantine.add);
  } catch (error) {
    log.alert('total.json is unreadable and was set aside; the journal goes on without it.', {
      path: totalPath(directory),
      error: asError(error),
    });
    fs.renameSync(totalPath(directory), `${totalPath(directory)}.unreadable-${now}`);
  }
  const queued = new Set<number>();
  const segments = listSegments(directory);
  const batches: Batch[] = [];
  for (const segment of segments) replay(segmentPath(directory, segment));
  // A batch that was carried over into a later segment stands behind younger ones.
  batches.sort((a, b) => a.receipt - b.receipt);
  for (const batch of batches) state.hold(batch);
  for (const receipt of queued) state.release(receipt);
  quarantine.report();
  return segments.at(-1) ?? 0;

  function replay(file: string): void {
    const bytes = fs.readFileSync(file);
    let start = 0;
    while (start < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline < 0 ? bytes.length : newline;
      take(bytes.toString('utf8', start, end), newline >= 0);
      start = end + 1;
    }
  }

  function take(text: string, isEnded: boolean): void {
    const line = parseLine(text);
    if (line?.kind === 'batch') batches.push(line.batch);
    else if (line?.kind === 'queued') queued.add(line.receipt);
    else if (line?.kind === 'opened') state.skipTo(line.nextReceipt);
    else if (isEnded) quarantine.add(text);
  }
}

interface Quarantine {
  add(line: string): void;
  /** One alert for all of them; it never holds their content. */
  report(): void;
}

/** A process that dies before its first compaction leaves the lines to be found again. */
function createQuarantine(directory: string, log: Log): Quarantine {
  const file = path.join(directory, 'quarantine.jsonl');
  const lines: string[] = [];
  return {
    add: (line) => void lines.push(line),
    report() {
      if (lines.length === 0) return;
      const known = new Set(fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : []);
      const added = lines.filter((line) => !known.has(line));
      fs.appendFileSync(file, added.map((line) => `${line}\n`).join(''));
      log.alert('Unreadable lines of the journal were moved to quarantine.jsonl.', {
        count: lines.length,
        path: file,
      });
    },
  };
}
