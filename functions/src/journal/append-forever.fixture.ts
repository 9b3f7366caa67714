import fs from 'node:fs';
import { createFileJournal } from './file-journal.ts';
import { batch, recordingLog } from './journal.fixture.ts';

/**
 * `node append-forever.fixture.ts <directory>`: appends to 20 calls until it is killed, compacting
 * all the while; writes `<call> <turn>` to its output once the append has returned.
 */
const journal = createFileJournal({
  directory: process.argv[2] as string,
  log: recordingLog(),
  limits: { compactAfter: 0, compactAtLatest: 0 },
});

function appendSome(turn: number): void {
  for (let n = 0; n < 20; n += 1) {
    const receipt = journal.append(batch(n, turn));
    if (n % 2 === 0) journal.queued(receipt);
    fs.writeSync(1, `${n} ${turn}\n`);
  }
  setImmediate(appendSome, turn + 1);
}

appendSome(1);
