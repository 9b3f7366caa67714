import type { IncomingMessage, ServerResponse } from 'node:http';
import { live } from '../../functions/src/paths.ts';
import { conversationOf, type Database, inOrder, type StoredMessages } from './watched.ts';

/** Milliseconds between two looks. */
const PAUSE = 1_000;

/** The reference: every stream reads its whole conversation once a second and sends what is new. */
export function createPollingWay(database: Database) {
  return function handle(request: IncomingMessage, response: ServerResponse): void {
    const conversation = database.ref(live.conversation(conversationOf(request)));
    const sent = new Set<string>();
    let isLooking = false;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });

    async function look(): Promise<void> {
      if (isLooking) return;
      isLooking = true;
      const value = (await conversation.get()).val() as { messages?: StoredMessages } | null;
      isLooking = false;
      const all = inOrder(value?.messages ?? {});
      if (sent.size === 0) write('initial', { conversation: { ...value, messages: all } });
      const messages = all.filter(({ id }) => !sent.has(id));
      if (sent.size > 0 && messages.length > 0) write('new_messages', { messages });
      for (const { id } of messages) sent.add(id);
    }

    function write(event: string, data: object): void {
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }

    const timer = setInterval(look, PAUSE);
    response.once('close', () => clearInterval(timer));
    void look();
  };
}
