/** What a journal keeps, and how often it compacts. Durations in milliseconds. */
export interface JournalLimits {
  /** Ended calls kept for reference: at most so many, */
  endedCount: number;
  /** and none left alone for longer than this. After a restart its last message's time counts. */
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
 * A call of 20 messages takes 7 kB of heap and 5 kB in total.json, twice while that is replaced:
 * at most some 200 MB for these counts, where the directory is memory. 24 h is the longest call
 * that Twilio allows.
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
