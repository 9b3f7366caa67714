import { z } from 'zod';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';

/** Tries at one counter while others count too. */
const MOST_TRIES = 20;
const HOUR = 60 * 60 * 1_000;

const Counter = z.object({ count: z.number().int().min(0) });

export interface Cap {
  /** A hash: no number stands in a path. */
  key: string;
  /** Within one hour of the clock. */
  most: number;
}

export interface Counts {
  /**
   * Counts one more under each key; false, where one of them is full. What was counted before stays
   * counted. Rejects where the counters can't be read or written.
   */
  take(caps: readonly Cap[]): Promise<boolean>;
}

/** What was sent, by hour, the same for all instances: counted by compare-and-set, before it is sent. */
export function createCounts(options: {
  database: Pick<LiveDatabase, 'read' | 'compareAndSet'>;
  /** Epoch milliseconds. */
  now: () => number;
}): Counts {
  const { database, now } = options;

  async function takeOne(path: string, most: number): Promise<boolean> {
    let known = await database.read(path);
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const count = Counter.safeParse(known.value).data?.count ?? 0;
      if (count >= most) return false;
      const outcome = await database.compareAndSet(path, known.etag, { count: count + 1 });
      if (outcome.done) return true;
      known = outcome;
    }
    throw new AuroraError(503, 'contended', 'Too much is sent at once to be counted: try again.');
  }

  return {
    async take(caps) {
      const hour = hourOf(now());
      for (const { key, most } of caps) {
        if (!(await takeOne(live.sendCount(hour, key), most))) return false;
      }
      return true;
    },
  };
}

/** `2025100414`, UTC. */
export function hourOf(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/[-T]/g, '').slice(0, 10);
}

/** Hours whose counters nobody counts in any more: all but this one and the one before. */
export function isOldHour(hour: string, epochMs: number): boolean {
  return hour < hourOf(epochMs - HOUR);
}
