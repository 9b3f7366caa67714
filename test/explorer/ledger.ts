import type { CallEvent, Message, Owner } from '../../functions/src/calls/model.ts';
import type { Link } from '../../functions/src/webhooks/link.ts';
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
  /** Ids of live calls that somebody removed by hand. */
  removed: Set<string>;
  /** Everything that callers were played, in order. */
  played: Played[];
  /** What was answered to turns on the line. */
  answers: Answered[];
  /** Who had each call, and from when on; undefined where it was not live. */
  owners: Map<string, { from: number; owner: Owner | undefined }[]>;
  /** Supervisors' messages that somebody was told are kept. */
  messages: { callId: string; message: Message }[];
  /** Changes of owner that somebody was told of. */
  owned: { callId: string; owner: Owner }[];
  /** Found while the schedule ran. */
  violations: string[];
}

/** A document that Twilio played to a caller. */
export interface Played {
  sid: string;
  at: number;
  document: string;
}

/** One answer to a turn: what was known by the link, and from when to when it was worked on. */
export interface Answered {
  link: Link;
  from: number;
  to: number;
  document: string;
}

export function createLedger(): Ledger {
  return {
    batches: [],
    tasks: [],
    strayed: false,
    begunAgain: new Set(),
    removed: new Set(),
    played: [],
    answers: [],
    owners: new Map(),
    messages: [],
    owned: [],
    violations: [],
  };
}
