import type { Journal } from './journal.ts';
import { type Clock, DEFAULT_LIMITS, type JournalLimits, systemClock } from './limits.ts';
import { asPending, createState } from './state.ts';

/** A pass over all calls every so many appends keeps the memory within the limits. */
const APPENDS_BETWEEN_EVICTIONS = 1_000;

/**
 * The journal without a file: for tests, and for an instance that has no directory it can write
 * to. What it holds dies with the process.
 */
export function createMemoryJournal(
  options: { clock?: Clock; limits?: Partial<JournalLimits> } = {},
): Journal {
  const { clock = systemClock } = options;
  const state = createState({ ...DEFAULT_LIMITS, ...options.limits }, clock);
  let appends = 0;

  return {
    append(events) {
      const batch = state.prepare(events);
      state.hold(batch);
      appends += 1;
      if (appends % APPENDS_BETWEEN_EVICTIONS === 0) state.evict();
      return batch.receipt;
    },
    queued: (receipt) => void state.release(receipt),
    pending: () => state.pending().map(asPending),
    call: state.view.call,
    callIdOf: state.view.callIdOf,
    close: async () => {},
  };
}
