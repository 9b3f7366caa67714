import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { LiveDatabase } from '../../live-database.ts';
import { readCounts } from '../../metrics/counter-store.ts';
import type { DatabaseName } from '../../metrics/measured-minute.ts';
import { report } from '../../metrics/report.ts';
import { WINDOW } from '../../metrics/thresholds.ts';
import { within } from '../../within.ts';
import { type Route, route } from '../route.ts';
import { deadLetterKinds } from './dead-letter-kinds.ts';
import { OperationsView } from './operations-view.ts';

/** Milliseconds that each database is given: what does not come by then is missing. */
const PATIENCE = 3_000;
const PROBE_PATIENCE = 1_000;
const MINUTE = 60_000;
/** Minutes that are read at least, to see since when something has not happened. */
const LOOK_BACK = 60;
const KEPT_MINUTES = 48 * 60;

const Query = z.object({
  minutes: z.coerce
    .number()
    .int()
    .min(WINDOW)
    .max(KEPT_MINUTES)
    .default(60)
    .meta({ description: 'How far back the lines reach.' }),
});

export interface OperationsRouteOptions {
  database: Pick<LiveDatabase, 'read'>;
  firestore: () => Promise<Firestore>;
  /** Each resolves when the database answers. */
  databases: Record<DatabaseName, () => Promise<unknown>>;
  /** Tasks that wait to be mirrored; undefined where only Cloud Monitoring knows it. */
  queueDepth: () => Promise<number | undefined>;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * `GET /api/operations`: how the installation is doing, without anything of any company's content.
 * Also for operators who have yet to set up a second factor: whether they need one stands in
 * Firestore, and an outage must not hide what it breaks.
 */
export function operationsRoute(options: OperationsRouteOptions): Route {
  const { database, firestore, databases, queueDepth, now } = options;

  return route({
    method: 'GET',
    path: '/api/operations',
    summary: 'How this installation is doing: numbers, thresholds, and what to do',
    tag: 'Aurora',
    access: 'viewer',
    forOperators: true,
    allowedWithoutTotp: true,
    query: Query,
    answers: {
      200: {
        description: 'What could be read, and which database gave no answer.',
        schema: OperationsView,
      },
    },
    async handle({ query: { minutes: range } }) {
      const at = now();
      const lookedBack = Math.max(range, LOOK_BACK);
      const from = at - lookedBack * MINUTE;
      const [realtime, store, counts, letters, depth] = await Promise.all([
        known(databases.realtime_database(), PROBE_PATIENCE),
        known(databases.firestore(), PROBE_PATIENCE),
        known(readCounts(database, from, at)),
        known(firestore().then(deadLetterKinds)),
        known(queueDepth()),
      ]);
      const unread = [
        ...(realtime && counts ? [] : ['realtime_database' as const]),
        ...(store && letters ? [] : ['firestore' as const]),
      ];
      const gauges = {
        databases_away: [realtime, store].filter((answered) => !answered).length,
        dead_letters: letters?.value.total ?? null,
        queue_depth: depth?.value ?? null,
      };
      const { from: first, ...rest } = report(counts?.value, gauges, {
        now: at,
        range,
        lookedBack,
      });
      const body: OperationsView = {
        at: new Date(at).toISOString(),
        from: new Date(first).toISOString(),
        window_minutes: WINDOW,
        unread,
        dead_letters: letters?.value ?? null,
        ...rest,
      };
      return { body };
    },
  });
}

/** Undefined for what did not come. */
async function known<T>(
  reading: Promise<T>,
  patience = PATIENCE,
): Promise<{ value: T } | undefined> {
  try {
    return { value: await within(patience, reading) };
  } catch {
    return undefined;
  }
}
