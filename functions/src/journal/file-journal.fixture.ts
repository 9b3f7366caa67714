import { expect } from 'vitest';
import type { CallEvent } from '../calls/model.ts';
import { createFileJournal, type FileJournalOptions } from './file-journal.ts';
import { crashImage, foldAll, recordingLog, withDirectory } from './journal.fixture.ts';
import type { Journal } from './journal.ts';
import type { Clock } from './limits.ts';

/** Compacts as good as never, so that a test sees the segments alone. */
export const NO_COMPACTION = { compactAfter: 3_600_000, compactAtLatest: 3_600_000 };

/** A day on which the made-up calls are fresh; each look at the clock takes a millisecond. */
export function clockOfTheCalls(): Clock {
  let time = Date.parse('2025-10-04T15:30:00+05:30');
  return { now: () => time++ };
}

/** A journal that compacts only when it is closed. */
export function open(directory: string, options: Partial<FileJournalOptions> = {}): Journal {
  return createFileJournal({
    directory,
    log: recordingLog(),
    clock: clockOfTheCalls(),
    limits: NO_COMPACTION,
    ...options,
  });
}

/** Opens what a crash would leave of `base` right now, looks at it, and leaves no trace. */
export async function afterCrash(
  base: string,
  look: (journal: Journal, base: string) => void,
  log = recordingLog(),
): Promise<void> {
  await withDirectory(async (image) => {
    const journal = open(crashImage(base, image), { log });
    try {
      look(journal, image);
    } finally {
      await journal.close();
    }
  });
}

export function expectCalls(journal: Journal, batches: readonly (readonly CallEvent[])[]): void {
  const expected = foldAll(batches);
  for (const [callId, state] of expected) expect(journal.call(callId)).toEqual(state);
}
