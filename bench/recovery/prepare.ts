import fs from 'node:fs';
import path from 'node:path';
import { createFileJournal } from '../../functions/src/journal/file-journal.ts';
import {
  type Addition,
  addition,
  beforehand,
  eventsOf,
  MESSAGES,
} from '../journal/conversations.ts';
import { CONVERSATIONS } from './plan.ts';

/**
 * `node prepare.ts <directory>`: makes two journals of the same messages there, as two processes
 * would leave them: `compacted` was closed, so total.json holds everything; `segments` died before
 * its first compaction, so every message is a line of its own.
 */
const directory = process.argv[2] as string;
const compacted = path.join(directory, 'compacted');
const NEVER = 600_000;

const journal = createFileJournal({
  directory: compacted,
  log: { info() {}, warn() {}, error: complain, alert: complain },
  limits: { compactAfter: NEVER, compactAtLatest: NEVER },
});
for (const one of beforehand(CONVERSATIONS)) append(one);
for (let n = 0; n < CONVERSATIONS; n += 1) append(addition(n, MESSAGES - 1));
fs.cpSync(compacted, path.join(directory, 'segments'), { recursive: true });
await journal.close();

function append(one: Addition): void {
  journal.queued(journal.append(eventsOf(one)));
}

function complain(message: string): never {
  throw new Error(message);
}
