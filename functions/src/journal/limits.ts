/** What a journal keeps, and how often it compacts. Durations in milliseconds. */
export interface JournalLimits {
  /** Ended calls kept for reference: at most so many, */
  endedCount: number;
  /** and none that was last written to longer ago than this. */
  endedAge: number;
  /** Live calls likewise: one that is dropped is still in the Realtime Database. */
  quietCount: number;
  quietAge: number;
  /** Compaction starts when nothing was appended for this long, */
  compactAfter: number;
  /** or, while appends keep coming, this long after the first that total.json lacks. */
  compactAtLatest: number;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/**
 * A call of 20 messages takes about 6 kB in total.json and 20 kB of heap, so the counts bound an
 * instance to some 250 MB at worst. 24 h is Twilio's longest possible call.
 */
export const DEFAULT_LIMITS = {
  endedCount: 1_000,
  endedAge: 24 * HOUR,
  quietCount: 10_000,
  quietAge: 24 * HOUR,
  compactAfter: 250,
  compactAtLatest: 5 * SECOND,
} satisfies JournalLimits;

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
