import type { JournalLimits } from './limits.ts';

/** Compaction rests for so many times its own duration, so it takes about 5 % of the time. */
const REST_FACTOR = 20;
const REST_AFTER_FAILURE = 10_000;
const LONGEST_REST_AFTER_FAILURE = 600_000;

export interface CompactionSchedule {
  /** Something was appended. Costs no timer where one is set. */
  touched(): void;
  /** Resolves when no compaction runs and none will start. */
  stop(): Promise<void>;
}

/**
 * Decides when `compact` runs: when appends pause, or pause too seldom, and never so soon after the
 * last time that it would get in the way. After a failure it rests longer each time.
 *
 * idle -> waiting (something was appended, a timer is set) -> compacting -> idle or waiting
 */
export function createCompactionSchedule(options: {
  compact: () => Promise<void>;
  onError: (error: unknown) => void;
  limits: Pick<JournalLimits, 'compactAfter' | 'compactAtLatest'>;
}): CompactionSchedule {
  const { compact, onError, limits } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let lastTouchedAt = 0;
  /** When the first append came that total.json lacks; undefined when it lacks none. */
  let dirtySince: number | undefined;
  let restsUntil = 0;
  let failures = 0;
  let stopped = false;

  return { touched, stop };

  function touched(): void {
    lastTouchedAt = performance.now();
    dirtySince ??= lastTouchedAt;
    if (timer === undefined && running === undefined) wait();
  }

  function wait(): void {
    if (stopped) return;
    timer = setTimeout(fire, Math.max(0, dueAt() - performance.now()));
    // A process that has nothing else to do may end: the segments hold everything.
    timer.unref();
  }

  function dueAt(): number {
    const quiet = lastTouchedAt + limits.compactAfter;
    const latest = (dirtySince ?? lastTouchedAt) + limits.compactAtLatest;
    return Math.max(Math.min(quiet, latest), restsUntil);
  }

  /** Appends may have moved the time since the timer was set: one timer for each costs more. */
  function fire(): void {
    timer = undefined;
    if (performance.now() + 1 < dueAt()) wait();
    else running = run();
  }

  async function run(): Promise<void> {
    const startedAt = performance.now();
    const wasDirtySince = dirtySince;
    dirtySince = undefined;
    try {
      await compact();
      failures = 0;
      restsUntil = performance.now() + REST_FACTOR * (performance.now() - startedAt);
    } catch (error) {
      dirtySince = wasDirtySince;
      restsUntil =
        performance.now() +
        Math.min(REST_AFTER_FAILURE * 2 ** failures, LONGEST_REST_AFTER_FAILURE);
      failures += 1;
      onError(error);
    }
    running = undefined;
    if (dirtySince !== undefined) wait();
  }

  async function stop(): Promise<void> {
    stopped = true;
    clearTimeout(timer);
    await running;
  }
}
