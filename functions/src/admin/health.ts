import { z } from 'zod';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { measure } from '../metrics/metrics.ts';
import { within } from '../within.ts';
import { publicRoute, type Route } from './route.ts';

/** Milliseconds that a database is given to answer. */
const PATIENCE = 1_000;

/** Milliseconds for which an answer is used again: strangers may ask, and each question costs. */
const FRESH = 1_000;

export interface HealthOptions {
  /** Each resolves when the database answers. */
  database(): Promise<void>;
  firestore(): Promise<void>;
  manuals(): { procedures: number; reviewed: number };
}

const Answering = z.enum(['ok', 'away']);
type Answering = z.infer<typeof Answering>;

const Health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  manuals: z.object({ procedures: z.number(), reviewed: z.number() }),
  databases: z.object({ realtime_database: Answering, firestore: Answering }),
  time: z.iso.datetime(),
});

/** `GET /api/health`: 200 when both databases answer, else 503. Says nothing about why not. */
export function healthRoute(
  options: HealthOptions,
  { version, clock, log }: { version: string; clock: { now(): number }; log: Log },
): Route {
  let last: { at: number; databases: ReturnType<typeof probe> } | undefined;

  async function probe() {
    const [database, firestore] = await Promise.all([
      answers('realtime_database', options.database),
      answers('firestore', options.firestore),
    ]);
    return { realtime_database: database, firestore };
  }

  async function answers(name: string, ask: () => Promise<void>): Promise<Answering> {
    try {
      await within(PATIENCE, ask());
      return 'ok';
    } catch (error) {
      measure(log, 'database_away', { outcome: name, error: asError(error) });
      return 'away';
    }
  }

  function databases() {
    const now = clock.now();
    if (!last || now - last.at >= FRESH) last = { at: now, databases: probe() };
    return last.databases;
  }

  async function handle() {
    const { procedures, reviewed } = options.manuals();
    const answering = await databases();
    const ok = Object.values(answering).every((answer) => answer === 'ok');
    const body: z.infer<typeof Health> = {
      status: ok ? 'ok' : 'degraded',
      version,
      manuals: { procedures, reviewed },
      databases: answering,
      time: new Date(clock.now()).toISOString(),
    };
    return { status: ok ? 200 : 503, body };
  }

  return publicRoute({
    method: 'GET',
    path: '/api/health',
    summary: 'Whether Aurora and its databases answer',
    tag: 'Aurora',
    answers: {
      200: { description: 'Both databases answer.', schema: Health },
      503: { description: 'A database does not answer.', schema: Health },
    },
    handle,
  });
}
