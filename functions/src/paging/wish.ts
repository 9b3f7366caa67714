import type { CallStarted } from '../calls/model.ts';
import type { Why } from './chain.ts';
import type { Raised } from './raised.ts';

/** The wish for people, from a turn, a supervisor or a schedule. */
export interface Wish {
  callId: string;
  why: Why;
  /** When what calls for it happened, epoch milliseconds; absent: now. */
  at?: number;
  /** The supervisor who asks for people. */
  by?: string;
  /** In a supervisor's words. */
  reason?: string;
  /** Of words that were judged NORMAL: the company may not want people for them. */
  calm?: boolean;
  /** For a call that may not be live yet: what it is started by. */
  started?: CallStarted;
  /**
   * Milliseconds after which somebody else does what this run has not done: short where the instance
   * may be frozen once its request is answered.
   */
  lease?: number;
}

/**
 * What became of a wish. `held`: a supervisor has the call; `over`: it is not live any more;
 * `unwanted`: the company wants nobody fetched for it.
 */
export type Outcome = Raised['outcome'] | 'merged' | 'held' | 'over' | 'unwanted';
