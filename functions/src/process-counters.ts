import { randomUUID } from 'node:crypto';
import { log, onMetric } from './log.ts';
import { createCounters } from './metrics/counters.ts';
import { within } from './within.ts';

/**
 * Counts what this process measures, from its first line on. Callers never wait for it: the functions
 * that answer somebody begin a write with a request, at most every ten seconds; tasks, triggers and
 * schedules wait for theirs, a little.
 */
const counters = createCounters({ now: () => Date.now() });
onMetric(counters.count);

/** Of this process; never a number, which the database would take for a place in an array. */
const INSTANCE = `i${randomUUID().slice(0, 8)}`;

const ANSWERING = new Set(['twilio', 'api', 'streams']);
const SELDOM = 10_000;

/** Milliseconds that a task or a schedule waits at its end. */
const PATIENCE = 2_000;

let made: Promise<{ flush(options?: { atOnce?: boolean }): Promise<void> }> | undefined;

/** Loads what writes counters, ahead of the first request. One that failed is loaded anew. */
export function warmCounters() {
  made ??= load().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
}

async function load() {
  const [{ createCounterFlush }, { database, now }] = await Promise.all([
    import('./metrics/counter-store.ts'),
    import('./parts.ts'),
  ]);
  return createCounterFlush({
    database: database(),
    counters,
    instance: INSTANCE,
    every: ANSWERING.has(process.env.FUNCTION_TARGET ?? '') ? SELDOM : 0,
    now,
    log,
  });
}

/** Writes what was counted. Never rejects: what could not be written is kept for the next time. */
export async function flushCounters(options?: { atOnce?: boolean }): Promise<void> {
  try {
    await within(PATIENCE, (await warmCounters()).flush(options));
  } catch {
    // Too slow, or the settings are wrong, which the request itself tells.
  }
}
