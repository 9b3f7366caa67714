import { conversationId } from './ids.ts';
import type { CallStarted } from './model.ts';

/** Stands for a caller whom no worker of the company is known to be. */
export const UNKNOWN_WORKER = 'unknown';

/**
 * The header that every batch of a call's events carries: who calls whom, since when. The worker
 * behind the number is found out later, off the line, unless the batch comes from one who is known.
 */
export function callStarted(
  fields: Omit<CallStarted, 'type' | 'conversation_id' | 'worker_id'> & { worker_id?: string },
): CallStarted {
  return {
    type: 'call_started',
    worker_id: UNKNOWN_WORKER,
    ...fields,
    conversation_id: conversationId(fields.call_id),
  };
}
