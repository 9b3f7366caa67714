import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Channel, createChannel, createSession } from 'better-sse';
import { live } from '../../functions/src/paths.ts';
import {
  conversationOf,
  type Database,
  type DataSnapshot,
  inOrder,
  type StoredMessages,
} from './watched.ts';

/** As often as Aurora's. */
const KEEP_ALIVE = 30_000;

interface Followed {
  channel: Channel;
  /** What is known so far; the streams begin with it. */
  messages: StoredMessages;
  call: unknown;
  known: Promise<unknown>;
  stop(): void;
}

/**
 * The listeners as Aurora has them, one per conversation however many watch; sessions, channels and
 * what is written are better-sse's. Nobody is asked who they are, and nothing can be resumed.
 */
export function createBetterSseWay(database: Database) {
  const conversations = new Map<string, Followed>();

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = conversationOf(request);
    const followed = conversations.get(id) ?? follow(id);
    await followed.known;
    const session = await createSession(request, response, { keepAlive: KEEP_ALIVE });
    const { call, messages, channel } = followed;
    session.push({ call, conversation: { messages: inOrder(messages) } }, 'initial');
    channel.register(session);
  };

  function follow(id: string): Followed {
    const messages = database.ref(live.messages(id));
    const call = database.ref(live.call(id.replace(/^conv_/, 'call_')));
    const channel = createChannel();
    const followed: Followed = {
      channel,
      messages: {},
      call: null,
      known: Promise.all([call.once('value'), messages.once('value')]),
      stop() {
        messages.off('child_added', onMessage);
        call.off('value', onCall);
        conversations.delete(id);
      },
    };
    const onMessage = (snapshot: DataSnapshot) => {
      const message = { id: snapshot.key as string, ...snapshot.val() };
      followed.messages[message.id] = snapshot.val();
      channel.broadcast({ messages: [message] }, 'new_messages');
    };
    const onCall = (snapshot: DataSnapshot) => {
      followed.call = snapshot.val();
    };
    messages.on('child_added', onMessage);
    call.on('value', onCall);
    channel.on('session-deregistered', () => {
      if (channel.sessionCount === 0) followed.stop();
    });
    conversations.set(id, followed);
    return followed;
  }
}
