/** A clock in nanoseconds that never gives the same microsecond twice. */
export interface CommitClock {
  /** A time later than every time given before. */
  next(): bigint;
  /** The latest moment that has passed: every later `next()` lies after it. */
  passed(): bigint;
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;
const MICROSECOND = 1000n;

/** @param now milliseconds since 1970, as Date.now */
export function createCommitClock(now: () => number): CommitClock {
  let last = 0n;

  function passed(): bigint {
    const wall = BigInt(Math.floor(now())) * NANOSECONDS_PER_MILLISECOND;
    if (wall > last) last = wall;
    return last;
  }

  function next(): bigint {
    last = passed() + MICROSECOND;
    return last;
  }

  return { next, passed };
}
