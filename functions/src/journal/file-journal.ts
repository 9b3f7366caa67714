import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import { AuroraError, asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { claimDirectory } from './claim.ts';
import { createCompactionSchedule } from './compaction-schedule.ts';
import type { Journal } from './journal.ts';
import { type Clock, DEFAULT_LIMITS, type JournalLimits, systemClock } from './limits.ts';
import { batchLine, openedLine, queuedLine } from './line.ts';
import { recover } from './recover.ts';
import { createSegments, type FileOperations } from './segments.ts';
import { asPending, createState } from './state.ts';
import { writeTotal } from './total.ts';

/** So many pending batches are carried over before the event loop runs again. */
const CARRIED_AT_ONCE = 100;

export interface FileJournalOptions {
  /** Base directory; each writer works in an `instance-<k>` of its own below it. */
  directory: string;
  log: Log;
  clock?: Clock;
  limits?: Partial<JournalLimits>;
  /** For tests that let the disk fail. */
  files?: FileOperations;
}

/**
 * The journal in a directory. The life of a batch in it, and what a crash at each arrow leaves:
 *
 *   appended to the segment -> in the view -> in total.json -> its segment removed
 *
 * - Before the append returns: perhaps a torn last line. Nobody was told that it is held.
 * - Before total.json: the segment. The next process replays it.
 * - Before the segment is removed: both. The fold is idempotent, so replaying it changes nothing.
 *
 * Compaction starts a new segment first and writes total.json afterwards, so that whatever changes
 * while total.json is being written is in the new segment as well; batches that are still pending
 * are copied into it, and only then do the older segments go. Two things may differ after a
 * restart, both by showing more: calls that the limits dropped come back when a crash leaves their
 * segment, until the next compaction; and a pending batch that came before its call's
 * `call_started` is folded now.
 *
 * Reads back synchronously what an earlier process left. Throws where the directory can't be made
 * or written.
 */
export function createFileJournal(options: FileJournalOptions): Journal {
  const { log, clock = systemClock, files } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { directory, release } = claimDirectory(options.directory);
  const state = createState(limits, clock);
  const { last, segments } = open();
  const schedule = createCompactionSchedule({ compact, onError: compactionFailed, limits });
  let closing: Promise<void> | undefined;
  if (last > 0) schedule.touched();

  return {
    append(events) {
      if (closing) throw closedError();
      const batch = state.prepare(events);
      segments.write(batchLine(batch));
      state.hold(batch);
      schedule.touched();
      return batch.receipt;
    },
    queued(receipt) {
      if (!state.release(receipt) || closing) return;
      try {
        segments.write(queuedLine(receipt));
      } catch {
        // After a restart the batch is sent once more, which changes nothing.
      }
    },
    pending: () => state.pending().map(asPending),
    call: state.view.call,
    callIdOf: state.view.callIdOf,
    close() {
      closing ??= close();
      return closing;
    },
  };

  function open() {
    try {
      const last = recover(directory, state, clock.now(), log);
      const opening = () => openedLine(state.nextReceipt());
      const segments = createSegments({ directory, first: last + 1, opening, files });
      return { last, segments };
    } catch (error) {
      release();
      throw error;
    }
  }

  async function compact(): Promise<void> {
    state.evict();
    const older = state.pending();
    const current = segments.rotate();
    for (const [index, batch] of older.entries()) {
      if (state.isPending(batch.receipt)) segments.write(batchLine(batch));
      if (index % CARRIED_AT_ONCE === CARRIED_AT_ONCE - 1) await nextTurnOfTheLoop();
    }
    await writeTotal(directory, state.view);
    segments.removeBefore(current);
  }

  function compactionFailed(error: unknown): void {
    log.error('The journal could not be compacted; its segments are kept.', {
      path: directory,
      error: asError(error),
    });
  }

  async function close(): Promise<void> {
    await schedule.stop();
    await compact().catch(compactionFailed);
    segments.close();
    release();
  }
}

function closedError(): AuroraError {
  return new AuroraError(
    503,
    'journal_write_failed',
    'The local journal is closed because this instance is shutting down: send it to another.',
    { retryable: true },
  );
}
