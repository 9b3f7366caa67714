import { conversationId } from './ids.ts';
import type { CallStarted } from './model.ts';

/**
 * The header that every batch of a call's events carries: who calls whom, since when. The worker
 * behind the number is found out later, off the line.
 */
export function callStarted(
  fields: Omit<CallStarted, 'type' | 'conversation_id' | 'worker_id'>,
): CallStarted {
  return {
    type: 'call_started',
    ...fields,
    conversation_id: conversationId(fields.call_id),
    worker_id: 'unknown',
  };
}
