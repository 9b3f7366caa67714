import type { Message } from './model.ts';
import { type CallState, inOrder } from './reduce.ts';

/** Supervisors' messages that the caller has not heard yet, in order. */
export function waitingMessages({ call, conversation }: CallState): Message[] {
  const heard = call?.heard_messages ?? {};
  return inOrder(conversation?.messages ?? {}).filter(
    ({ id, role }) => role === 'admin' && !Object.hasOwn(heard, id),
  );
}
