import { turnOfMessage } from './ids.ts';
import type { Message } from './model.ts';
import { instant } from './times.ts';

/** The order in which messages were said: (turn, rank, time, id). */
export function compareMessages(
  a: Pick<Message, 'id' | 'timestamp'>,
  b: Pick<Message, 'id' | 'timestamp'>,
): number {
  return (
    turnOfMessage(a.id) - turnOfMessage(b.id) ||
    a.id.charCodeAt(a.id.length - 1) - b.id.charCodeAt(b.id.length - 1) ||
    instant(a.timestamp) - instant(b.timestamp) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
