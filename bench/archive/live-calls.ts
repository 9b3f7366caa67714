import { conversationId } from '../../functions/src/calls/ids.ts';
import { reduce } from '../../functions/src/calls/reduce.ts';
import { type BenchCall, benchCall } from '../call.ts';

export interface LiveCall extends BenchCall {
  messages: number;
}

const MESSAGES_PER_TURN = 2;

/** `count` calls of so many messages each, numbered from `first`. */
export function liveCalls(first: number, count: number, messages: number): LiveCall[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, i) => ({ ...benchCall(first + i, now), messages }));
}

/** The Realtime Database as it is while these calls are live. */
export function liveContent(calls: readonly LiveCall[]): Record<string, object> {
  const content = { active_calls: {}, active_conversations: {}, call_sids: {} };
  for (const { started, turn, messages } of calls) {
    const { call_id } = started;
    const turns = Array.from({ length: messages / MESSAGES_PER_TURN }, (_, i) => turn(i + 1));
    const { call, conversation } = reduce({}, turns.flat(2));
    Object.assign(content.active_calls, { [call_id]: call });
    Object.assign(content.active_conversations, { [conversationId(call_id)]: conversation });
    Object.assign(content.call_sids, { [started.call_sid ?? '']: call_id });
  }
  return content;
}
