import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CONVERSATION_ID } from '../../functions/src/calls/ids.ts';
import type { StreamsOptions } from '../../functions/src/streams/app.ts';

/** The Admin SDK's, which is installed in functions/ alone. */
export type Database = StreamsOptions['database'];
export type DataSnapshot = Awaited<ReturnType<ReturnType<Database['ref']>['get']>>;

/** One message as clients are sent it. */
export interface SentMessage {
  id: string;
  [field: string]: unknown;
}

/** As the Realtime Database holds them, by id. */
export type StoredMessages = Record<string, { content?: unknown }>;

/** The path of a conversation's stream, the same in every way. */
export function streamPath(conversationId: string): string {
  return `/api/conversation/${conversationId}/stream`;
}

export function conversationOf(request: IncomingMessage): string {
  const id = request.url?.split('/')[3] ?? '';
  if (!CONVERSATION_ID.test(id)) throw new Error('No conversation is named.');
  return id;
}

/** Ids sort as the messages do. */
export function inOrder(messages: StoredMessages): SentMessage[] {
  return Object.keys(messages)
    .sort()
    .map((id) => ({ id, ...messages[id] }));
}

/** Of contents by id: equal for those who have the same messages. */
export function digestOf(messages: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const id of [...messages.keys()].sort()) hash.update(`${id} ${messages.get(id)}\n`);
  return hash.digest('hex');
}
