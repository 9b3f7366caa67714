import type { CallEvent } from '../calls/model.ts';
import type { CallState } from '../calls/reduce.ts';

/**
 * What this instance knows, at the speed of a local append. It holds the words between the moment
 * they were heard and the moment a task carries them; on Cloud Functions its directory is memory
 * and dies with the instance, so it is the fast copy, never the durable one.
 */
export interface Journal {
  /**
   * Writes one batch of events of one call and folds it into the view. Returns a receipt under
   * which the batch counts as pending until `queued` is called. Throws `journal_write_failed`
   * (retryable) when the write failed, and `journal_invalid_batch` for no events or those of
   * several calls; the view then does not hold the events either. A `call_ended` that names only a CallSid
   * is folded where this instance knows the call, and is pending in any case.
   */
  append(events: readonly CallEvent[]): Receipt;
  /** A task or a direct write holds the batch now. Best effort: a repeated batch does no harm. */
  queued(receipt: Receipt): void;
  /** Batches that are not known to be held by anything but this journal, oldest first. */
  pending(): PendingBatch[];
  /**
   * The call as folded from this instance's events, as a copy that later appends do not change;
   * undefined when it never saw the call, or dropped it (see limits.ts).
   */
  call(callId: string): CallState | undefined;
  /** The call id under which this instance knows Twilio's id; of several the one that goes on. */
  callIdOf(callSid: string): string | undefined;
  /** Flushes, compacts and releases the directory. */
  close(): Promise<void>;
}

/** Counts up within one directory. */
export type Receipt = number;

export interface PendingBatch {
  receipt: Receipt;
  events: CallEvent[];
}
