import { readCall } from '../calls/live.ts';
import type { Call, CallEvent } from '../calls/model.ts';
import { foldCall } from '../calls/reduce.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { callOver } from './refusals.ts';

/** Tries at one compare-and-set: others write to a live call every few seconds. */
const CONTENTION_LIMIT = 12;

/** What is done to a call, and the call before it and then. */
export interface Changed<T> {
  change: T;
  before: Call;
  after: Call;
}

export type ChangeCall = ReturnType<typeof createChangeCall>;

/**
 * Changes a live call as a decision says, by compare-and-set: what was decided on is what is written
 * over. The decision is made anew for each try, and throws where it is refused.
 */
export function createChangeCall(database: Pick<LiveDatabase, 'read' | 'compareAndSet'>) {
  return async function changeCall<T extends { events: CallEvent[] }>(
    callId: string,
    decide: (call: Call) => T,
  ): Promise<Changed<T>> {
    const path = live.call(callId);
    let known = await database.read(path);
    for (let attempt = 0; attempt < CONTENTION_LIMIT; attempt++) {
      const before = known.value === null ? undefined : readCall(known.value);
      if (before?.status !== 'ACTIVE') throw callOver();
      const change = decide(before);
      const after = change.events.reduce(foldCall, before);
      if (change.events.length === 0) return { change, before, after };
      const outcome = await database.compareAndSet(path, known.etag, after);
      if (outcome.done) return { change, before, after };
      known = outcome;
    }
    throw new AuroraError(503, 'contended', 'Too many writers of one call at once: try again.');
  };
}
