import type { Request, Response } from 'express';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { within } from '../within.ts';

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

type Answering = 'ok' | 'away';

/** `GET /api/health`: 200 when both databases answer, else 503. Says nothing about why not. */
export function createHealth(
  options: HealthOptions,
  { version, clock, log }: { version: string; clock: { now(): number }; log: Log },
) {
  let last: { at: number; databases: ReturnType<typeof probe> } | undefined;

  async function probe() {
    const [database, firestore] = await Promise.all([
      answers('realtime database', options.database),
      answers('firestore', options.firestore),
    ]);
    return { realtime_database: database, firestore };
  }

  async function answers(name: string, ask: () => Promise<void>): Promise<Answering> {
    try {
      await within(PATIENCE, ask());
      return 'ok';
    } catch (error) {
      log.error('A database did not answer the health check.', {
        reason: name,
        error: asError(error),
      });
      return 'away';
    }
  }

  function databases() {
    const now = clock.now();
    if (!last || now - last.at >= FRESH) last = { at: now, databases: probe() };
    return last.databases;
  }

  return async function health(_: Request, response: Response): Promise<void> {
    const { procedures, reviewed } = options.manuals();
    const answering = await databases();
    const ok = Object.values(answering).every((answer) => answer === 'ok');
    response.status(ok ? 200 : 503).json({
      status: ok ? 'ok' : 'degraded',
      version,
      manuals: { procedures, reviewed },
      databases: answering,
      time: new Date(clock.now()).toISOString(),
    });
  };
}
