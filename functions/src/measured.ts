import { log } from './log.ts';
import { database, firestore, lazy, now } from './parts.ts';
import { live, stored } from './paths.ts';
import { flushCounters } from './process-counters.ts';
import { mirrorQueue } from './queues.ts';

/** The composition root of what is measured by trying. */

/** Each resolves when the database answers. */
export const databaseProbes = {
  realtime_database: async () => void (await database().keys(live.tombstone('health'))),
  firestore: async () => void (await (await firestore()).doc(stored.company('health')).get()),
};

/** The minute schedule, measured. */
export const everyMinute = lazy(async () => {
  const [{ createMeasuredMinute }, schedules] = await Promise.all([
    import('./metrics/measured-minute.ts'),
    import('./schedules.ts'),
  ]);
  return createMeasuredMinute({
    run: schedules.everyMinute,
    databases: databaseProbes,
    enqueue: async (task) => (await mirrorQueue()).enqueue(task),
    flush: flushCounters,
    now,
    log,
  });
});
