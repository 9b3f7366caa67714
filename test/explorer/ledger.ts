import type { CallEvent } from '../../functions/src/calls/model.ts';
import type { Host } from './scheduler.ts';

/** What the schedule has to answer for. Written by the world, read by the checks. */

/** One batch that an instance gave to its outbox. */
export interface Batch {
  host: Host;
  events: readonly CallEvent[];
  /** What the outbox said; undefined until it has spoken. */
  held: boolean | undefined;
}

/** One task that the queue confirmed, or that it took without being heard. */
export interface Task {
  events: CallEvent[];
  state: 'waiting' | 'done' | 'dead';
  reason?: string;
  /** Milliseconds until it was done or dead. */
  took?: number;
}

export interface Ledger {
  batches: Batch[];
  tasks: Task[];
  /**
   * Something went astray that no retry follows: a write that its writer had given up took effect,
   * or a process that nobody repeats failed half way. Only then the sweeper may be needed.
   */
  strayed: boolean;
  /** CallSids of calls that Twilio's fallback sent back to the beginning. */
  begunAgain: Set<string>;
  /** Found while the schedule ran. */
  violations: string[];
}

export function createLedger(): Ledger {
  return { batches: [], tasks: [], strayed: false, begunAgain: new Set(), violations: [] };
}
