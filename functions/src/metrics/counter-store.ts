import { z } from 'zod';
import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { hourOf } from '../outbound/counts.ts';
import { live } from '../paths.ts';
import { BOUNDS, type Counters, type Counts, together } from './counters.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface CounterFlushOptions {
  database: Pick<LiveDatabase, 'create' | 'compareAndSet'>;
  counters: Counters;
  /** Of this process: nobody else writes what it has counted. */
  instance: string;
  /** Milliseconds between two writes, at least; what comes in between waits for the next one. */
  every: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Writes what this process has counted, whole minutes at a time: each process keeps its own sums and
 * a reader adds them up. So a write that is repeated, or that arrives although it was given up,
 * doubles nothing, and what could not be written while the database was away is written later. Only
 * what a process takes with it when it dies is lost.
 */
export function createCounterFlush(options: CounterFlushOptions) {
  const { database, counters, instance, every, now, log } = options;
  let running: Promise<void> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  /** Resolves when all that was counted by now is written or given up. Never rejects. */
  async function flush({ atOnce = false } = {}): Promise<void> {
    if (!atOnce && now() - last < every) return;
    // One at a time: whoever comes meanwhile is written by the next, together.
    while (running) await running;
    last = now();
    running = write();
    try {
      await running;
    } finally {
      running = undefined;
    }
  }

  async function write(): Promise<void> {
    const taken = counters.take();
    const failures = await Promise.all(taken.map(writeMinute));
    const error = failures.find((failure) => failure !== undefined);
    if (error)
      log.info('Counters could not be written; they are kept for the next time.', { error });
  }

  async function writeMinute([minute, counts]: [number, Counts]): Promise<Error | undefined> {
    const path = live.operationsOf(hourOf(minute), minuteOf(minute), instance);
    try {
      const outcome = await database.create(path, counts);
      const done = outcome.done || (await database.compareAndSet(path, outcome.etag, counts)).done;
      if (!done) counters.giveBack(minute);
      return undefined;
    } catch (thrown) {
      counters.giveBack(minute);
      return asError(thrown);
    }
  }

  return { flush };
}

const Counter = z.object({
  count: z.number().int().nonnegative(),
  parts: z
    .array(z.number().int().nonnegative())
    .length(BOUNDS.length + 1)
    .optional(),
  longest: z.number().nonnegative().optional(),
});
/** `operations/{hour}`: minutes, in them processes. What is malformed counts as nothing. */
const Hour = z.record(
  z.string().regex(/^m[0-5][0-9]$/),
  z.record(z.string(), z.record(z.string(), Counter)),
);

/** Hours that are kept: a reader goes back two days at most. */
const KEPT_HOURS = 49;

export function isOldOperationsHour(hour: string, epochMs: number): boolean {
  return hour < hourOf(epochMs - KEPT_HOURS * HOUR);
}

/** Counts by minute (epoch milliseconds), of all processes, from one instant to another. */
export async function readCounts(
  database: Pick<LiveDatabase, 'read'>,
  from: number,
  to: number,
): Promise<Map<number, Counts>> {
  const first = Math.floor(from / HOUR) * HOUR;
  const hours = Array.from(
    { length: Math.floor((to - first) / HOUR) + 1 },
    (_, n) => first + n * HOUR,
  );
  const read = await Promise.all(
    hours.map(async (hour) => ({
      hour,
      ...(await database.read(live.operationsIn(hourOf(hour)))),
    })),
  );
  const minutes = read.flatMap(({ hour, value }) =>
    Object.entries(Hour.safeParse(value).data ?? {}).map(
      ([minute, processes]) =>
        [hour + Number(minute.slice(1)) * MINUTE, together(Object.values(processes))] as const,
    ),
  );
  return new Map(minutes.filter(([at]) => at > from - MINUTE && at <= to));
}

/** `m07`: the database would answer an object whose keys are numbers as an array. */
function minuteOf(epochMs: number): string {
  return `m${String(new Date(epochMs).getUTCMinutes()).padStart(2, '0')}`;
}
