import { conversationId } from '../../functions/src/calls/ids.ts';
import type { Call, CallEvent, CallStarted, Message } from '../../functions/src/calls/model.ts';
import { callFrom, foldCall } from '../../functions/src/calls/reduce.ts';

export const MESSAGES = 20;

/** One message on its way into a store, with what its call needs to be known. */
export interface Addition {
  started: CallStarted;
  message: Message;
}

/** What every store has to hold in the end, in the shape of total.json. */
export interface Total {
  active_calls: Record<string, Call>;
  active_conversations: Record<string, { call_id: string; messages: Record<string, object> }>;
}

const SENTENCE =
  'There is smoke coming out of the boiler room on the second floor and I cannot see the door.';

/** Message `index` (from 0) of the n-th conversation; about 100 characters of speech. */
export function addition(n: number, index: number): Addition {
  const digits = String(n).padStart(7, '0');
  const tail = n.toString(16).padStart(6, '0');
  const call_id = `call_1555${digits}_20251004_143000_${tail}`;
  const turn = Math.floor(index / 2);
  const isUser = index % 2 === 0;
  return {
    started: {
      type: 'call_started',
      call_id,
      conversation_id: conversationId(call_id),
      at: '2025-10-04T14:30:00+05:30',
      worker_id: `worker-${n}`,
      mobile_no: `+1555${digits}`,
      medium: 'Voice',
      company_id: 'demo',
      call_sid: `CA${tail.padStart(32, '0')}`,
    },
    message: {
      id: `m${String(turn).padStart(6, '0')}-${tail}${turn.toString(16).padStart(4, '0')}-${isUser ? 0 : 1}`,
      role: isUser ? 'user' : 'assistant',
      content: `${SENTENCE} (${n}, ${index})`,
      timestamp: `2025-10-04T14:${30 + index}:00+05:30`,
      sources: isUser ? '' : 'Fire; Evacuation',
    },
  };
}

export function eventsOf({ started, message }: Addition): CallEvent[] {
  return [started, { type: 'message_added', call_id: started.call_id, message }];
}

export function emptyTotal(): Total {
  return { active_calls: {}, active_conversations: {} };
}

/** The change that one message makes to total.json, made in place. */
export function addTo(total: Total, { started, message }: Addition): void {
  const { call_id, conversation_id } = started;
  total.active_calls[call_id] ??= callFrom(started);
  total.active_conversations[conversation_id] ??= { call_id, messages: {} };
  const call = total.active_calls[call_id] as Call;
  total.active_calls[call_id] = foldCall(call, { type: 'message_added', call_id, message });
  const { id, ...stored } = message;
  const { messages } = total.active_conversations[conversation_id];
  messages[id] ??= stored;
}

/** All messages but the last of each of `size` conversations, turn by turn as calls go on. */
export function* beforehand(size: number): Generator<Addition> {
  for (let index = 0; index < MESSAGES - 1; index += 1) {
    for (let n = 0; n < size; n += 1) yield addition(n, index);
  }
}

/** The last messages of `count` of `size` conversations, in an order far from that of storage. */
export function measured(size: number, count: number): Addition[] {
  const step = size <= 10 ? 3 : 7_919;
  return Array.from({ length: count }, (_, i) => addition((i * step) % size, MESSAGES - 1));
}
