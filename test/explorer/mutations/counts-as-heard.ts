import type { CallEvent } from '../../../functions/src/calls/model.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

/** A supervisor's message counts as heard when it was written. */
export const countsAsHeard: Parts = {
  ...PRODUCTION,
  createMessages: (options) =>
    PRODUCTION.createMessages({
      ...options,
      apply: (events) => options.apply([...events, ...events.flatMap(heard)]),
    }),
};

function heard(event: CallEvent): CallEvent[] {
  if (event.type !== 'message_added') return [];
  const { id: message_id, timestamp: at } = event.message;
  return [{ type: 'message_heard', call_id: event.call_id, at, message_id }];
}
