import type { z } from 'zod';
import { Call, Conversation } from './model.ts';

/** A value of the live database does not have its schema: a fault that no repetition mends. */
export class MalformedLiveData extends Error {
  override readonly name = 'MalformedLiveData';
  readonly retryable = false;
}

/** The value of `active_calls/{call_id}`, checked. */
export function readCall(value: unknown): Call {
  return checked(Call, value);
}

/** The value of `active_conversations/{id}`; a conversation may have no message yet. */
export function readConversation(value: unknown): Conversation {
  return checked(LiveConversation, value);
}

const LiveConversation = Conversation.extend({
  call_id: Conversation.shape.call_id.optional(),
  messages: Conversation.shape.messages.default({}),
}).transform((conversation) => ({ call_id: '', ...conversation }));

function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const where = result.error.issues.map(({ path }) => path.length).join(',');
  throw new MalformedLiveData(`Live data does not have its schema (depth ${where}).`);
}
