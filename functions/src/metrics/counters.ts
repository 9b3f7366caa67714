import type { MetricLine } from '../log.ts';

/** Upper bounds in milliseconds of the parts into which durations fall; the last part has none. */
export const BOUNDS = [100, 250, 500, 1_000, 2_500, 5_000, 15_000, 60_000, 300_000] as const;

/** What was counted under one name within one minute. */
export interface Counter {
  count: number;
  /** Of those with a duration: how many fell into each part, in the order of BOUNDS. */
  parts?: number[];
  /** Milliseconds. */
  longest?: number;
}

/** By name: `metric`, `metric:outcome`, and for turns `rung:…`, for Twilio's codes `code:…`. */
export type Counts = Record<string, Counter>;

/** Names within one minute; Twilio's codes are an open set. */
const MOST_NAMES = 100;
/** Minutes whose counts wait to be written; older ones are lost. */
const MOST_MINUTES = 60;
const NAME = /^[a-z0-9_:-]{1,64}$/;
const MINUTE = 60_000;

/**
 * Counts of this process, by minute. They only grow, so that they can be written again and again
 * (counter-store.ts) and are never counted twice.
 */
export function createCounters({ now }: { now: () => number }) {
  /** By the minute's beginning, in epoch milliseconds. Insertion order is age. */
  const minutes = new Map<number, Counts>();
  const changed = new Set<number>();

  function count(line: MetricLine): void {
    const { metric, outcome, milliseconds, rung, rung_milliseconds, code } = line;
    add(outcome === undefined ? metric : `${metric}:${outcome}`, milliseconds);
    if (rung !== undefined) add(`rung:${rung}`, rung_milliseconds);
    if (metric === 'delivery_failed' && code !== undefined) add(`code:${code}`);
  }

  function add(name: string, milliseconds?: number): void {
    const minute = Math.floor(now() / MINUTE) * MINUTE;
    const counts = minutes.get(minute) ?? {};
    if (!minutes.has(minute)) begin(minute, counts);
    if (!NAME.test(name)) return;
    if (!counts[name] && Object.keys(counts).length >= MOST_NAMES) return;
    counts[name] = added(counts[name], milliseconds);
    changed.add(minute);
  }

  function begin(minute: number, counts: Counts): void {
    minutes.set(minute, counts);
    for (const old of minutes.keys()) {
      if (minutes.size <= MOST_MINUTES) return;
      minutes.delete(old);
      changed.delete(old);
    }
  }

  return {
    count,
    /** The minutes that have changed since they were last taken, each with all its counts. */
    take(): [minute: number, counts: Counts][] {
      const taken = [...changed].map(
        (minute) => [minute, structuredClone(minutes.get(minute) ?? {})] as [number, Counts],
      );
      changed.clear();
      return taken;
    },
    /** For a minute that was taken and could not be written. */
    giveBack(minute: number): void {
      if (minutes.has(minute)) changed.add(minute);
    },
  };
}

export type Counters = ReturnType<typeof createCounters>;

function added(known: Counter | undefined, milliseconds: number | undefined): Counter {
  const count = (known?.count ?? 0) + 1;
  if (milliseconds === undefined) return { ...known, count };
  const parts = known?.parts ?? new Array<number>(BOUNDS.length + 1).fill(0);
  const at = partOf(milliseconds);
  return {
    count,
    parts: parts.map((number, index) => (index === at ? number + 1 : number)),
    longest: Math.max(known?.longest ?? 0, Math.round(milliseconds)),
  };
}

function partOf(milliseconds: number): number {
  const at = BOUNDS.findIndex((bound) => milliseconds <= bound);
  return at === -1 ? BOUNDS.length : at;
}

/** The counts of several processes, or of several minutes, as one. */
export function together(all: readonly Counts[]): Counts {
  const sum: Counts = {};
  for (const counts of all) {
    for (const [name, counter] of Object.entries(counts)) {
      sum[name] = sum[name] ? merged([sum[name], counter]) : counter;
    }
  }
  return sum;
}

/** Counters as one, whatever they are of. */
export function merged(counters: readonly Counter[]): Counter {
  const timed = counters.filter(({ parts }) => parts !== undefined);
  const count = counters.reduce((sum, one) => sum + one.count, 0);
  if (timed.length === 0) return { count };
  return {
    count,
    parts: Array.from({ length: BOUNDS.length + 1 }, (_, part) =>
      timed.reduce((sum, { parts }) => sum + (parts?.[part] ?? 0), 0),
    ),
    longest: Math.max(...timed.map(({ longest }) => longest ?? 0)),
  };
}

/**
 * Milliseconds within which this share (0 to 1) of what has a duration was done: the upper bound of
 * the part where it falls, never more than the longest. Null where nothing has a duration.
 */
export function quantile({ parts, longest = 0 }: Counter, share: number): number | null {
  const all = parts?.reduce((sum, number) => sum + number, 0) ?? 0;
  if (!parts || all === 0) return null;
  let sum = 0;
  for (const [index, number] of parts.entries()) {
    sum += number;
    if (sum >= share * all) return Math.min(BOUNDS[index] ?? longest, longest);
  }
  return longest;
}
