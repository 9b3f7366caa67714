import type { CallEvent } from '../calls/model.ts';
import { AuroraError } from '../errors.ts';
import type { PendingBatch, Receipt } from './journal.ts';
import type { Clock, JournalLimits } from './limits.ts';
import { createView, type View } from './view.ts';

/** Events of one call under one receipt: what a line of the file holds. */
export interface Batch {
  receipt: Receipt;
  /** Undefined where the events name only a CallSid that this instance does not know. */
  callId: string | undefined;
  events: readonly CallEvent[];
}

/** What a journal knows in memory: the view, the receipts, and which batches are pending. */
export interface JournalState {
  view: View;
  /** Checks and numbers the events. Changes nothing, so that a failed write leaves no trace. */
  prepare(events: readonly CallEvent[]): Batch;
  /** Folds a batch and counts it as pending. Receipts rise; the same one again is a repetition. */
  hold(batch: Batch): void;
  /** The batch is no longer pending; false where it was not. */
  release(receipt: Receipt): boolean;
  /** Oldest first. */
  pending(): Batch[];
  isPending(receipt: Receipt): boolean;
  nextReceipt(): Receipt;
  /** Receipts below this one were given out before. */
  skipTo(receipt: Receipt): void;
  evict(): void;
}

export function createState(limits: JournalLimits, clock: Clock): JournalState {
  const view = createView(limits);
  /** In the order of their receipts: batches are held as they are numbered. */
  const held = new Map<Receipt, Batch>();
  let next: Receipt = 1;

  return {
    view,
    prepare: (events) => ({ receipt: next, callId: callIdOfBatch(events, view), events }),
    hold,
    release: (receipt) => held.delete(receipt),
    pending: () => [...held.values()],
    isPending: (receipt) => held.has(receipt),
    nextReceipt: () => next,
    skipTo,
    evict,
  };

  function hold(batch: Batch): void {
    skipTo(batch.receipt + 1);
    if (batch.callId !== undefined) view.fold(batch.callId, batch.events, clock.now());
    held.set(batch.receipt, batch);
  }

  function skipTo(receipt: Receipt): void {
    next = Math.max(next, receipt);
  }

  function evict(): void {
    const callIds = new Set([...held.values()].map(({ callId }) => callId));
    view.evict(clock.now(), (callId) => callIds.has(callId));
  }
}

export function asPending({ receipt, events }: Batch): PendingBatch {
  return { receipt, events: [...events] };
}

/** The one call id that the events name; undefined where they name none. */
export function soleCallId(events: readonly CallEvent[]): string | undefined {
  let callId: string | undefined;
  for (const { call_id } of events) {
    if (call_id === undefined || call_id === callId) continue;
    if (callId !== undefined) throw invalidBatch();
    callId = call_id;
  }
  return callId;
}

function callIdOfBatch(events: readonly CallEvent[], view: View): string | undefined {
  if (events.length === 0) throw invalidBatch();
  const named = soleCallId(events);
  if (named !== undefined) return named;
  const ended = events.find((event) => event.type === 'call_ended');
  return ended?.call_sid === undefined ? undefined : view.callIdOf(ended.call_sid);
}

/** Folding another call's words into this one would show them to another company. */
function invalidBatch(): AuroraError {
  return new AuroraError(
    500,
    'journal_invalid_batch',
    'A batch holds at least one event and all of them belong to one call: append per call.',
    { retryable: false },
  );
}
